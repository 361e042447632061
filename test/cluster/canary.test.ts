import { createServer } from 'node:http';
import type { Server } from 'node:http';

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { KubernetesObject, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';

import { waitFor } from './rig/wait.js';
import { application, waitForSynced } from './support/applications.js';
import { watchEndpoints } from './support/endpoints.js';
import type { EndpointsWatch } from './support/endpoints.js';
import { useGitOps } from './support/gitops.js';
import { setLoad } from './support/load.js';
import { nodesOfGroups } from './support/node-groups.js';
import { waitForPods } from './support/pods.js';
import { describeRelease, podsByVersion, rolloutOf, waitForPhase } from './support/releases.js';
import { Timeline } from './support/timeline.js';

// Releases of this repository's apps on real Argo CD and Argo Rollouts, from a commit to the last pod and back. podinfo and
// frontend have shorter pauses than their specs say; podinfo has a web analysis, frontend keeps its own of a Job and makes no calls.

/** What the metric says that podinfo's analysis asks for. */
let success = 0.99;
const metric: Server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ data: { success } }));
});
const METRIC_PORT = 18_080;

/** The job of frontend's analysis fails where it asks for this: kwok's nodes run no image that could find out. */
const BROKEN = 'http://frontend-canary.boutique.svc:80/broken';

const gitops = useGitOps({
  cluster: {
    name: 'canary',
    nodes: nodesOfGroups('prod', { base: 3 }),
    kwok: { failingJobValues: [BROKEN] },
  },
  as: 'prod',
  repository: {
    apps: ['podinfo', 'frontend', 'emailservice'],
    edits: {
      'apps/podinfo.yaml': (spec) =>
        spec.replace(
          'canary: [25%, 2m, 50%, 5m]',
          `canary: [25%, 15s, 50%, 35s], analysis: {web: {url: "http://127.0.0.1:${METRIC_PORT}/", jsonPath: "{$.data.success}", successCondition: result >= 0.95, interval: 2s, count: 3}}`,
        ),
      'apps/frontend.yaml': (spec) =>
        spec
          .replace('canary: [25%, 2m, 50%, 2m]', 'canary: [25%, 5s, 50%, 5s]')
          .replace(/network:[^]*?(?=\nclusters:)/, ''),
    },
  },
});

let podinfoEndpoints: EndpointsWatch;
let frontendEndpoints: EndpointsWatch;

beforeAll(async () => {
  await new Promise<void>((resolve) => metric.listen(METRIC_PORT, '127.0.0.1', resolve));
});

afterAll(() => {
  metric.close();
  metric.closeAllConnections();
});

test('a first deploy skips the steps: there is nothing to compare with', async () => {
  const rollout = await waitForPhase(gitops().cluster, 'podinfo', 'podinfo', 'Healthy');
  expect(rollout.status?.currentStepIndex).toBe(rollout.spec.strategy.canary.steps.length);
  expect(await gitops().cluster.get('analysisruns', '--all-namespaces')).toEqual([]);
  await waitForPods(gitops().cluster, 'podinfo', 'podinfo', 3);
  podinfoEndpoints = watchEndpoints(gitops().cluster, 'podinfo', 'podinfo');
  frontendEndpoints = watchEndpoints(gitops().cluster, 'boutique', 'frontend');
});

test('a commit becomes a canary, step by step, while the HPA scales and other apps sync; then it is promoted', async () => {
  const { cluster } = gitops();
  await hpaReadsMetrics();
  const timeline = new Timeline();
  const commit = await pushImage('apps/podinfo.yaml', 'podinfo:6.9.2', 'podinfo:6.9.3');
  timeline.note('pushed: image 6.9.2 → 6.9.3');

  await waitForSynced(cluster, 'podinfo', commit);
  timeline.note('Argo CD has synced the commit');
  await waitForPhase(cluster, 'podinfo', 'podinfo', 'Paused', atStep(1));
  timeline.note(`25 %: ${await pods()}`);
  expect(await podsByVersion(cluster, 'podinfo', 'podinfo')).toEqual({ '6.9.2': 3, '6.9.3': 1 });
  await waitFor('the Application to say that it is Suspended, its sync ended', async () => {
    const { status } = (await application(cluster, 'podinfo')) ?? {};
    return status?.health?.status === 'Suspended' && status.operationState?.phase === 'Succeeded';
  });

  // A paused release is nobody else's business.
  const other = await pushImage('apps/emailservice.yaml', 'emailservice:v0.10.6', 'emailservice:v0.10.5');
  await waitForSynced(cluster, 'emailservice', other);
  timeline.note('a commit to another app is live');
  expect((await rolloutOf(cluster, 'podinfo', 'podinfo')).status?.phase).not.toBe('Healthy');

  // 800m of load on pods that shall use 60m each: the HPA has twice as many made.
  await setLoad(cluster, 'podinfo', 'podinfo', '200m');
  timeline.note('load begins');
  await waitForPhase(cluster, 'podinfo', 'podinfo', 'Paused', atStep(4));
  timeline.note('the analysis has passed, 50 % begins');
  const replicas = await waitFor(
    'half of what the HPA wants to be new',
    async () => {
      const versions = await podsByVersion(cluster, 'podinfo', 'podinfo');
      const { spec } = await rolloutOf(cluster, 'podinfo', 'podinfo');
      const wanted = spec.replicas ?? 0;
      if (wanted > 4 && versions['6.9.3'] === Math.ceil(wanted / 2) && versions['6.9.2'] === Math.floor(wanted / 2))
        return wanted;
      throw new Error(`${wanted} wanted, ${describe(versions)} run`);
    },
    { timeoutMs: 35_000 },
  );
  timeline.note(`50 % of the ${replicas} pods that the HPA wants: ${await pods()}`);
  expect((await rolloutOf(cluster, 'podinfo', 'podinfo')).status?.phase).toBe('Paused');

  // Asked to look again while the HPA holds the replicas: what Git does not name is not reset.
  await refresh('podinfo');
  await waitForPhase(cluster, 'podinfo', 'podinfo', 'Healthy', () => true, 90_000);
  await waitFor('only the new version to run', async () => {
    const versions = await podsByVersion(cluster, 'podinfo', 'podinfo');
    return Object.keys(versions).join() === '6.9.3';
  });
  timeline.note(`promoted: ${await pods()}`);
  const rollout = await rolloutOf(cluster, 'podinfo', 'podinfo');
  expect(rollout.spec.replicas).toBeGreaterThanOrEqual(replicas);
  expect(rollout.status?.stableRS).toBe(rollout.status?.currentPodHash);
  expect((await application(cluster, 'podinfo'))?.status?.sync?.status).toBe('Synced');
  console.log(`A canary\n${timeline.toString()}`);
});

test('a web metric below its condition aborts the release: the old version serves, and `git revert` makes it well', async () => {
  const { cluster, repository } = gitops();
  const timeline = new Timeline();
  success = 0.1;
  const commit = await pushImage('apps/podinfo.yaml', 'podinfo:6.9.3', 'podinfo:6.9.4');
  timeline.note('pushed: image 6.9.3 → 6.9.4, which fails nine requests of ten');
  await waitForSynced(cluster, 'podinfo', commit);
  const aborted = await waitForPhase(cluster, 'podinfo', 'podinfo', 'Degraded');
  timeline.note(describeRelease(aborted));
  expect(aborted.status?.message).toMatch(
    /RolloutAborted.*Metric "web" assessed Failed due to failed \(\d+\) > failureLimit \(0\)/,
  );
  await waitFor(
    'only the old version to run',
    async () => Object.keys(await podsByVersion(cluster, 'podinfo', 'podinfo')).join() === '6.9.3',
  );
  timeline.note(`back on the old version: ${await pods()}`);
  await waitFor('the Application to say so', async () => {
    const { status } = (await application(cluster, 'podinfo')) ?? {};
    return status?.sync?.status === 'Synced' && status.health?.status === 'Degraded';
  });

  await repository.revert();
  timeline.note('git revert pushed');
  await waitForPhase(cluster, 'podinfo', 'podinfo', 'Healthy');
  timeline.note('Healthy again');
  expect(Object.keys(await podsByVersion(cluster, 'podinfo', 'podinfo'))).toEqual(['6.9.3']);
  console.log(`A failing metric\n${timeline.toString()}`);
});

test('a Job that fails aborts the release just so', async () => {
  const { cluster, repository } = gitops();
  const timeline = new Timeline();
  repository.edit('apps/frontend.yaml', (spec) =>
    spec.replace('frontend:v0.10.6', 'frontend:v0.10.7').replace('job: {path: /_healthz,', 'job: {path: /broken,'),
  );
  const commit = await repository.renderAndPush('frontend v0.10.7, whose analysis asks for what is broken');
  timeline.note('pushed: image v0.10.6 → v0.10.7');
  await waitForSynced(cluster, 'frontend', commit);
  const aborted = await waitForPhase(cluster, 'boutique', 'frontend', 'Degraded');
  timeline.note(describeRelease(aborted));
  expect(aborted.status?.message).toMatch(
    /RolloutAborted.*Metric "requests" assessed Failed due to failed \(1\) > failureLimit \(0\)/,
  );
  const runs = await cluster.get<KubernetesObject & { status?: { phase?: string } }>(
    'analysisruns',
    '--namespace=boutique',
  );
  expect(runs.map(({ status }) => status?.phase)).toEqual(['Failed']);
  await waitFor(
    'only the old version to run',
    async () => Object.keys(await podsByVersion(cluster, 'boutique', 'frontend')).join() === 'v0.10.6',
  );
  await repository.revert();
  timeline.note('git revert pushed');
  await waitForPhase(cluster, 'boutique', 'frontend', 'Healthy');
  timeline.note('Healthy again');
  console.log(`A failing Job\n${timeline.toString()}`);
});

test('through all of it each Service had ready endpoints', async () => {
  const counts = { podinfo: await podinfoEndpoints.end(), frontend: await frontendEndpoints.end() };
  // A watch that saw no change has proved nothing.
  expect(counts.podinfo.length).toBeGreaterThan(5);
  expect(counts.frontend.length).toBeGreaterThan(2);
  expect(Math.min(...counts.podinfo)).toBeGreaterThanOrEqual(3);
  expect(Math.min(...counts.frontend)).toBeGreaterThanOrEqual(3);
});

async function pushImage(path: string, from: string, to: string): Promise<string> {
  const { repository } = gitops();
  repository.edit(path, (spec) => spec.replace(from, to));
  return repository.renderAndPush(`${from} → ${to}`);
}

function atStep(index: number) {
  return ({ status }: { status?: { currentStepIndex?: number } }) => status?.currentStepIndex === index;
}

async function pods(): Promise<string> {
  return describe(await podsByVersion(gitops().cluster, 'podinfo', 'podinfo'));
}

function describe(versions: Readonly<Record<string, number>>): string {
  return Object.entries(versions)
    .sort()
    .map(([version, count]) => `${count} × ${version}`)
    .join(', ');
}

async function refresh(name: string): Promise<void> {
  const annotation = 'argocd.argoproj.io/refresh=hard';
  await gitops().cluster.kubectl(['annotate', 'application', name, '--namespace=argocd', annotation, '--overwrite']);
}

async function hpaReadsMetrics(): Promise<void> {
  await waitFor(
    'the HPA to read a metric',
    async () => {
      const [hpa] = await gitops().cluster.get<V2HorizontalPodAutoscaler>('hpa', 'podinfo', '--namespace=podinfo');
      return hpa?.status?.conditions?.some(({ type, status }) => type === 'ScalingActive' && status === 'True');
    },
    { timeoutMs: 90_000 },
  );
}
