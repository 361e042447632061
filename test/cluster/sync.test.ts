import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from '@jest/globals';
import type { KubernetesObject, V1CustomResourceDefinition, V1Deployment, V1Service } from '@kubernetes/client-node';

import type { Argocd } from './rig/argocd.js';
import { AUDIT_LOG } from './rig/apiserver.js';
import { waitFor } from './rig/wait.js';
import {
  application,
  applications,
  describeApplication,
  isGood,
  waitForAllGood,
  waitForSynced,
} from './support/applications.js';
import type { Application } from './support/applications.js';
import { bootstrapArgocd } from './support/argocd.js';
import type { Bootstrapped } from './support/argocd.js';
import { useCluster } from './support/cluster.js';
import { followPushes, KEEP_RESOURCE_HEALTH } from './support/gitops.js';
import { FREQUENT_COMPARISON, restlessness, untilAtRest } from './support/idle.js';
import { nodesOfGroups } from './support/node-groups.js';
import { wishesOf } from './support/objects.js';
import { syncByHand } from './support/operations.js';
import { playPlatform } from './support/played.js';
import type { PlayedPlatform } from './support/played.js';
import { PlatformRepository } from './support/platform-repository.js';
import { Timeline } from './support/timeline.js';
import { firstSync, watchArrivals, waveOf } from './support/waves.js';
import { readRequests } from './rights/audit.js';

// The whole of prod from an empty cluster, by real Argo CD, and what it does from then on. Only the repository's URL is
// changed, and the Application of the AWS Load Balancer Controller left out (an IngressClass `alb` and an address for each Ingress
// stand in for it: support/played.ts).

let repository: PlatformRepository;
let played: PlayedPlatform | undefined;
let bootstrapped: Bootstrapped | undefined;

// Before the cluster's own: what looks at it ends first.
afterAll(async () => {
  await played?.end();
  await bootstrapped?.mirror.close();
  await repository.close();
});

const cluster = useCluster({ name: 'sync', nodes: nodesOfGroups('prod', { base: 4, burst: 1 }) });

const argocd = (): Argocd => {
  if (bootstrapped === undefined) throw new Error('Argo CD is not up');
  return bootstrapped.argocd;
};
const gitops = () => ({ cluster: cluster(), repository, argocd: argocd() });
const good = (timeoutMs = 180_000) => waitForAllGood(cluster(), repository.applicationNames('prod'), timeoutMs);

const COMPONENTS = ['argo-rollouts', 'cluster-autoscaler', 'metrics-server', 'node-termination-handler'];
const CONTROLLERS = COMPONENTS.map((component) => `platform-${component}`);

test('bootstrap/ applied to an empty cluster brings everything to Synced and Healthy, wave by wave, with no step between', async () => {
  const timeline = new Timeline();
  repository = await PlatformRepository.create();
  const arrivals = watchArrivals(cluster());
  played = await playPlatform(cluster());
  timeline.note('kubectl apply -k dist/prod/bootstrap on an empty cluster');
  bootstrapped = await bootstrapArgocd(cluster(), 'prod', repository, KEEP_RESOURCE_HEALTH);
  timeline.note("Argo CD's parts run");
  const sights: Awaited<ReturnType<typeof arrivals.end>> = [];
  try {
    await waitFor('the apps to be there', async () => (await application(cluster(), 'apps')) !== undefined, {
      timeoutMs: 240_000,
    });
    timeline.note('the platform is healthy: root apps arrives');
    await good();
    timeline.note(`${repository.applicationNames('prod').length} Applications are Synced and Healthy`);
  } finally {
    sights.push(...(await arrivals.end()));
    console.log(`From an empty cluster\n${timeline.toString()}`);
  }

  const all = await applications(cluster());
  const byName = new Map(all.map((it) => [it.metadata.name, it]));
  const named = (name: string): Application => byName.get(name) as Application;
  const [foundations, controllers] = [[named('platform-namespaces')], CONTROLLERS.map(named)];
  expect(foundations.map(waveOf)).toEqual([0]);
  expect(controllers.map(waveOf)).toEqual([1, 1, 1, 1]);
  expect(waveOf(named('apps'))).toBe(2);
  // By Argo CD's own record: no wave began before the one before it had ended.
  const ended = (wave: readonly Application[]) =>
    wave
      .map((it) => firstSync(it).ended)
      .sort()
      .at(-1) ?? '';
  for (const it of controllers) expect(firstSync(it).began >= ended(foundations)).toBe(true);
  expect(firstSync(named('apps')).began >= ended(controllers)).toBe(true);
  for (const app of all.filter(({ spec }) => spec.project.startsWith('apps-')))
    expect(firstSync(app).began >= named('apps').metadata.creationTimestamp).toBe(true);
  // And by what was seen: when a wave's first Application arrived, all of the wave before were Synced and Healthy.
  const sightOf = (name: string) => sights.flat().find((it) => it.name === name)?.others ?? {};
  for (const name of CONTROLLERS) expect(sightOf(name)['platform-namespaces']).toBe(true);
  for (const name of CONTROLLERS) expect(sightOf('apps')[name]).toBe(true);
});

test('all of it under the service accounts and projects of the install: Argo CD asked for what it did, and nothing was forbidden', async () => {
  const requests = await waitFor('the audit log to have the syncs', () => {
    const found = readRequests([join(cluster().site.logFolder, AUDIT_LOG)]);
    return found.some(({ resource, verb }) => resource === 'cronjobs' && verb === 'create') && found;
  });
  const ofArgocd = requests.filter(({ serviceAccount }) => serviceAccount.startsWith('argocd/'));
  const controller = ofArgocd.filter(({ serviceAccount }) => serviceAccount === 'argocd/argocd-application-controller');
  const changed = new Set(controller.filter(({ verb }) => ['create', 'patch'].includes(verb)).map((it) => it.resource));
  for (const kind of [
    'customresourcedefinitions',
    'namespaces',
    'deployments',
    'rollouts',
    'clusterroles',
    'ingresses',
  ])
    expect(changed).toContain(kind);
  expect(ofArgocd.filter(({ allowed }) => !allowed)).toEqual([]);
  for (const part of ['argocd-application-controller', 'argocd-repo-server', 'argocd-server'] as const)
    expect(argocd().log(part)).not.toMatch(/is forbidden/);
  expect((await applications(cluster())).filter(({ spec }) => spec.project === 'default')).toEqual([]);
});

test('a CRD over 262,144 bytes is applied, which client-side apply could not', async () => {
  const crds = await cluster().get<V1CustomResourceDefinition>('customresourcedefinitions');
  const large = crds.filter(({ spec }) => JSON.stringify(spec).length > 262_144).map(({ metadata }) => metadata?.name);
  expect(large).toContain('applicationsets.argoproj.io');
  const { status } = (await application(cluster(), 'argocd')) ?? {};
  const applied = status?.operationState?.syncResult?.resources?.filter(
    ({ kind }) => kind === 'CustomResourceDefinition',
  );
  expect(applied?.map(({ name, status: result }) => [name, result])).toEqual(
    expect.arrayContaining([['applicationsets.argoproj.io', 'Synced']]),
  );
});

test('a second sync of everything changes no object, nor what controllers have written into them', async () => {
  const all = await good();
  const before = await wishesOf(cluster(), all);
  expect(Object.keys(before).length).toBeGreaterThan(150);
  const operations = await Promise.all(all.map((it) => syncByHand(cluster(), it)));
  // Server-side apply has no word for "unchanged", and of a PodDisruptionBudget kubectl's has none either: its selector is
  // replaced as a whole (patchStrategy=replace, policy/v1), so each apply sends it, and the API server finds nothing to do.
  const said = operations
    .flatMap(({ syncResult }) => syncResult?.resources ?? [])
    .filter(
      ({ kind, message = '' }) => kind !== 'PodDisruptionBudget' && / (created|configured|pruned)$/.test(message),
    );
  expect(said).toEqual([]);
  expect(await wishesOf(cluster(), all)).toEqual(before);
  // Argo Rollouts' own mark in the Service of the canary, and the HPA's replicas, are among what has stayed.
  const [service] = await cluster().get<V1Service>('services', 'frontend-canary', '--namespace=boutique');
  expect(service?.spec?.selector).toHaveProperty('rollouts-pod-template-hash');
  const [rollout] = await cluster().get<KubernetesObject & { spec: object }>(
    'rollouts',
    'podinfo',
    '--namespace=podinfo',
  );
  expect(rollout?.spec).toHaveProperty('replicas', 3);
  expect(
    readFileSync(join(repository.folder, 'dist/prod/apps/podinfo/podinfo.Rollout-podinfo.yaml'), 'utf8'),
  ).not.toMatch(/replicas:/);
});

test('a push is live by webhook within seconds', async () => {
  followPushes(gitops());
  const timeline = new Timeline();
  repository.edit('apps/emailservice.yaml', (spec) => spec.replace('v0.10.6', 'v0.10.5'));
  await repository.render();
  timeline.note('git push of emailservice v0.10.5');
  const commit = await repository.push('emailservice v0.10.5');
  await waitForSynced(cluster(), 'emailservice', commit, 120_000);
  timeline.note('live by webhook');
  console.log(`A webhook\n${timeline.toString()}`);
  expect(await imageOf('emailservice')).toMatch(/:v0\.10\.5$/);
});

test('what people change or delete by hand comes back', async () => {
  const timeline = new Timeline();
  await cluster().kubectl(['set', 'image', 'deployment/emailservice', '*=example.com/mine:1', '--namespace=boutique']);
  timeline.note('kubectl set image on emailservice');
  await waitFor('the image to be back', async () => /:v0\.10\.5$/.test(await imageOf('emailservice')), {
    timeoutMs: 180_000,
  });
  timeline.note('the image is back');
  await cluster().kubectl(['delete', 'service', 'adservice', '--namespace=boutique']);
  timeline.note('kubectl delete service adservice');
  await waitFor(
    'the Service to be back',
    async () =>
      (await cluster().get<V1Service>('services', '--namespace=boutique')).some(
        (it) => it.metadata?.name === 'adservice',
      ),
    { timeoutMs: 180_000 },
  );
  timeline.note('the Service is back');
  console.log(`Drift\n${timeline.toString()}`);
  await good();
});

test('while a component of the platform is Degraded, a new app in a new namespace arrives', async () => {
  const autoscaler = 'dist/prod/platform/cluster-autoscaler/kube-system.Deployment-cluster-autoscaler.yaml';
  repository.edit(autoscaler, (text) =>
    text.replace(/^spec:\n/m, 'spec:\n  progressDeadlineSeconds: 3\n').replace('- on-demand', '- on-no-node'),
  );
  await repository.push('A Cluster Autoscaler that never comes up');
  await waitFor(
    'the Cluster Autoscaler to be Degraded',
    async () => (await application(cluster(), 'platform-cluster-autoscaler'))?.status?.health?.status === 'Degraded',
    { timeoutMs: 180_000 },
  );
  const broken = readFileSync(join(repository.folder, autoscaler), 'utf8');
  const timeline = new Timeline();
  repository.write('apps/greeter.yaml', GREETER);
  await repository.render();
  repository.write(autoscaler, broken);
  await repository.push('A new app');
  timeline.note('git push of a new app in a new namespace');
  await waitFor(
    'the new app to be Synced and Healthy',
    async () => {
      const found = await application(cluster(), 'greeter');
      if (found !== undefined && isGood(found)) return true;
      throw new Error(found === undefined ? 'no such Application' : describeApplication(found));
    },
    { timeoutMs: 180_000 },
  );
  timeline.note('it is Synced and Healthy');
  expect((await application(cluster(), 'platform-cluster-autoscaler'))?.status?.health?.status).toBe('Degraded');
  console.log(`A new app while the platform is sick\n${timeline.toString()}`);
  await repository.render();
  await repository.push('The Cluster Autoscaler as it was');
  await good();
});

test('without a webhook a commit is live by polling', async () => {
  repository.onPush = () => undefined;
  await argocd().restart(FREQUENT_COMPARISON);
  await good();
  const timeline = new Timeline();
  repository.edit('apps/emailservice.yaml', (spec) => spec.replace('v0.10.5', 'v0.10.6'));
  const commit = await repository.renderAndPush('emailservice v0.10.6');
  timeline.note('git push; Argo CD asks every 15 s (120 s to 180 s as rendered)');
  // Beside two other clusters the 22 comparisons of a round can take longer than a round: 17 to 79 s were seen, and once 120 s.
  await waitForSynced(cluster(), 'emailservice', commit, 300_000);
  timeline.note('live by polling');
  console.log(`Polling\n${timeline.toString()}`);
});

test('for a minute of idling nothing flaps, nothing syncs, nothing changes', async () => {
  await good();
  await untilAtRest(gitops());
  const { comparisons, ...stirred } = await restlessness(gitops(), 60_000);
  expect(stirred).toEqual({ unwell: [], syncs: [], changed: [] });
  expect(comparisons).toBeGreaterThanOrEqual(2);
});

const GREETER = `name: greeter
image: example.com/greeter:1.0.0
port: 8080
health: /healthz
resources: {cpu: 50m, memory: 32Mi}
clusters: {prod: {}}
`;

async function imageOf(deployment: string): Promise<string> {
  const [found] = await cluster().get<V1Deployment>('deployments', deployment, '--namespace=boutique');
  return found?.spec?.template.spec?.containers[0]?.image ?? '';
}
