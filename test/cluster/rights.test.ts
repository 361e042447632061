import { describe, expect, test } from '@jest/globals';
import type { V1Job, V1Node } from '@kubernetes/client-node';

import { apply } from './rig/apply.js';
import {
  autoscalerStatus,
  clusterAutoscalerBinary,
  launchClusterAutoscaler,
  startClusterAutoscaler,
} from './rig/cluster-autoscaler.js';
import { startMetadata } from './rig/metadata.js';
import { launchMetricsServer } from './rig/metrics-server.js';
import type { ManagedProcess } from './rig/process.js';
import { startRollouts } from './rig/rollouts.js';
import { startTerminationHandler } from './rig/termination-handler.js';
import { waitFor } from './rig/wait.js';
import type { RenderedAccess } from './rights/grants.js';
import { addLesserAccount, as } from './rights/lesser.js';
import { abort, replicaSets, restart, rollout, stable, webRelease } from './rights/web-release.js';
import { renderApp } from './support/apps.js';
import { useCluster } from './support/cluster.js';
import { renderedFiles } from './support/dist.js';
import { nodeGroupNamed, nodeOfGroup, nodesOfGroups } from './support/node-groups.js';
import { installPlatform } from './support/platform.js';
import { podOf, podsOf, runningPodsOf, waitForPods } from './support/pods.js';

// What each controller cannot do without one of its rendered rights, and does with it; and what of a release needs rights
// and is played in no other file. Staging has one pod of each controller. Its API server is of another kind than the
// other files' here: like 1.33's it cannot stream a list to a watch, so clients list; and it asks for the right to set an
// owner that blocks its own deletion.

const rendered = renderedFiles('staging').map(({ object }) => object as RenderedAccess);

const cluster = useCluster(
  {
    name: 'rights',
    nodes: nodesOfGroups('staging', { base: 2, burst: 1 }),
    apiserver: { featureGates: ['WatchList=false'], admissionPlugins: ['OwnerReferencesPermissionEnforcement'] },
  },
  (it) =>
    installPlatform(it, 'staging', [
      'metrics-server',
      'node-termination-handler',
      'argo-rollouts',
      'cluster-autoscaler',
    ]),
);

test('metrics-server that may not see nodes does not begin to serve', async () => {
  await addLesserAccount(cluster(), rendered, {
    than: 'kube-system/metrics-server',
    without: ['list nodes', 'watch nodes'],
    name: 'metrics-server-without-nodes',
  });
  const pod = await podOf(cluster(), 'kube-system', 'metrics-server');
  const lesser = await launchMetricsServer(cluster(), as(pod, 'metrics-server-without-nodes'));
  await says(lesser, twice(refused('list', 'nodes')));
  expect((await cluster().tryKubectl(['top', 'nodes'])).stderr).toMatch(/Metrics API not available/);
  await lesser.stop();
  // It takes two scrapes to have a figure, 10 s apart: the test of it is below.
  await launchMetricsServer(cluster(), pod);
});

test('a handler that may not evict cordons the node and moves nothing; one that may moves the pods', async () => {
  await addLesserAccount(cluster(), rendered, {
    than: 'kube-system/aws-node-termination-handler',
    without: ['create pods/eviction'],
    name: 'handler-without-eviction',
  });
  await apply(cluster(), { objects: await spotApp() });
  await waitForPods(cluster(), 'rights', 'shop', 6);
  const before = await namesOnSpot();
  expect(before.length).toBeGreaterThan(0);

  const pod = await podOf(cluster(), 'kube-system', 'aws-node-termination-handler');
  const mocks = await Promise.all([0, 1].map((n) => startMetadata(cluster(), n, { leadSeconds: 60, delaySeconds: 0 })));
  const urls = mocks.map(({ url }) => url);
  const lesser = await startTerminationHandler(cluster(), as(pod, 'handler-without-eviction'), urls[0] ?? '');
  await says(lesser, refused('create', 'pods/eviction'));
  await says(lesser, /problem while trying to cordon and drain/i);
  expect((await cluster().get<V1Node>('node', 'burst-1'))[0]?.spec?.unschedulable).toBe(true);
  expect(await namesOnSpot()).toEqual(before);
  await lesser.stop();

  const handler = await startTerminationHandler(cluster(), pod, urls[1] ?? '');
  await waitFor('the Spot node to be empty', async () => (await namesOnSpot()).length === 0);
  await waitForPods(cluster(), 'rights', 'shop', 6);
  await handler.stop();
  await Promise.all(mocks.map((mock) => mock.stop()));
});

describe('the Rollouts controller', () => {
  let controller: ManagedProcess | undefined;

  test.each([
    {
      lack: 'create ReplicaSets',
      without: 'create replicasets.apps',
      effect: refused('create', 'replicasets'),
    },
    {
      lack: 'let a ReplicaSet block the deletion of its Rollout, where the API server asks for it,',
      without: 'update rollouts.argoproj.io/finalizers',
      effect: /cannot set blockOwnerDeletion/,
    },
  ])('that may not $lack gives a Rollout no pods', async ({ without, effect }) => {
    const name = `rollouts-without-${without.replaceAll(/[^a-z]+/g, '-')}`;
    await addLesserAccount(cluster(), rendered, { than: 'argo-rollouts/argo-rollouts', without: [without], name });
    await apply(cluster(), { objects: await webRelease('1.0.0') });
    const lesser = await startController(name);
    await says(lesser, effect);
    await waitFor('the Rollout to say so', async () => effect.test(JSON.stringify(await rollout(cluster()))));
    expect(await podsOf(cluster(), 'rights', 'web')).toEqual([]);
    await lesser.stop();
    await cluster().kubectl(['delete', 'rollout', 'web', '--namespace=rights']);
  });

  test('that may, makes them, and takes a release through its analysis', async () => {
    await apply(cluster(), { objects: await webRelease('1.0.0') });
    controller = await startController();
    await stable(cluster(), '1.0.0');
    await waitForPods(cluster(), 'rights', 'web', 4);
    await apply(cluster(), { objects: await webRelease('2.0.0') });
    await stable(cluster(), '2.0.0');
  });

  test('ends the Job of a release that is aborted, and forgets what is past the limits', async () => {
    await apply(cluster(), { objects: await webRelease('3.0.0', { stuck: true }) });
    const activeJobs = async () =>
      (await cluster().get<V1Job>('jobs', '--namespace=rights')).filter(({ status }) => status?.active === 1);
    await waitFor('the Job of the analysis', async () => (await activeJobs()).length === 1);
    await abort(cluster());
    await waitFor('the Job to be gone', async () => (await activeJobs()).length === 0);
    await apply(cluster(), { objects: await webRelease('2.0.0') });
    await stable(cluster(), '2.0.0');
    await waitFor('old ReplicaSets and analyses to be deleted', async () => {
      const analyses = await cluster().get('analysisruns', '--namespace=rights');
      return (await replicaSets(cluster())).length === 1 && analyses.length === 0;
    });
  });

  test('restarts pods by evicting them', async () => {
    const names = async () => (await runningPodsOf(cluster(), 'rights', 'web')).map(({ metadata }) => metadata?.name);
    const before = await names();
    await restart(cluster());
    await waitFor('other pods in their place', async () => {
      const now = await names();
      return now.length === 4 && !now.some((name) => before.includes(name));
    });
  });

  test('takes over the pods of a Rollout that was deleted without them', async () => {
    const [orphan] = await replicaSets(cluster());
    await cluster().kubectl(['delete', 'rollout', 'web', '--namespace=rights', '--cascade=orphan']);
    await waitFor('the ReplicaSet to be nobody’s', async () => (await owner()) === undefined);
    await apply(cluster(), { objects: await webRelease('2.0.0') });
    await stable(cluster(), '2.0.0');
    expect((await replicaSets(cluster())).map(({ metadata }) => metadata?.uid)).toEqual([orphan?.metadata?.uid]);
    expect(await owner()).toBe('web');
    await controller?.stop();
  });

  const owner = async () => (await replicaSets(cluster()))[0]?.metadata?.ownerReferences?.[0]?.name;
});

test('metrics-server with its rights has figures, and a kubelet that asks would let it have them', async () => {
  await waitFor('kubectl top to answer', async () => (await cluster().tryKubectl(['top', 'nodes'])).status === 0);
  // kwok's kubelets let everybody in. This is what a real one asks (kubernetes v1.35.4, pkg/kubelet/server/auth.go).
  const user = 'system:serviceaccount:kube-system:metrics-server';
  expect(await may(user, 'get', 'nodes', '--subresource=metrics')).toBe(true);
  expect(await may(user, 'get', 'nodes', '--subresource=proxy')).toBe(false);
});

test('who may view a namespace sees its Rollouts and figures; who may edit or administer it releases', async () => {
  const namespace = '--namespace=rights';
  for (const role of ['view', 'edit', 'admin']) {
    const binding = [`people-who-${role}`, `--clusterrole=${role}`, `--user=${role}er`];
    await cluster().kubectl(['create', 'rolebinding', ...binding, namespace]);
  }
  // Kubernetes adds aggregated roles up in its own time.
  await waitFor('the roles to be added up', () => may('editer', 'patch', 'rollouts', namespace));
  await waitFor('the roles to be added up', () => may('adminer', 'delete', 'rollouts', namespace));
  expect(await may('viewer', 'list', 'rollouts', namespace)).toBe(true);
  expect(await may('viewer', 'patch', 'rollouts', namespace)).toBe(false);
  expect(await may('viewer', 'get', 'pods.metrics.k8s.io', namespace)).toBe(true);
  expect(await may('stranger', 'get', 'pods.metrics.k8s.io', namespace)).toBe(false);
});

const withAutoscaler = clusterAutoscalerBinary() === undefined ? test.skip : test;

withAutoscaler(
  'a Cluster Autoscaler that may not see devices does not begin its rounds; one that may does',
  async () => {
    const devices = ['deviceclasses', 'resourceclaims', 'resourceslices'].map((it) => `${it}.resource.k8s.io`);
    await addLesserAccount(cluster(), rendered, {
      than: 'kube-system/cluster-autoscaler',
      without: devices.flatMap((it) => [`list ${it}`, `watch ${it}`]),
      name: 'autoscaler-without-devices',
    });
    const pod = await podOf(cluster(), 'kube-system', 'cluster-autoscaler');
    const groups = Object.entries({ base: 2, burst: 1 }).map(([name, current]) => {
      const group = nodeGroupNamed('staging', name);
      return { min: group.min, max: group.max, current, template: nodeOfGroup(group, name) };
    });
    const lesser = await launchClusterAutoscaler(cluster(), as(pod, 'autoscaler-without-devices'), groups);
    await says(lesser, refused('list', 'resourceslices'));
    expect(await autoscalerStatus(cluster(), 'kube-system')).toContain('autoscalerStatus: Initializing');
    await lesser.stop();

    const autoscaler = await startClusterAutoscaler(cluster(), pod, groups);
    // At SIGTERM it takes its status away; with kwok as its cloud the nodes as well, so this comes last.
    autoscaler.signal('SIGTERM');
    await waitFor('its status to be gone', async () => (await autoscalerStatus(cluster(), 'kube-system')) === '');
  },
);

/** What the API server says to who lacks a right, however a log quotes it. */
function refused(verb: string, resource: string): RegExp {
  return new RegExp(`cannot ${verb} resource \\\\*"${resource}\\\\*"`);
}

/** Said again: whoever asks again and again has not gone on without. */
function twice({ source }: RegExp): RegExp {
  return new RegExp(`${source}[^]*${source}`);
}

async function says(process: ManagedProcess, what: RegExp): Promise<void> {
  await waitFor(`${process.name} to say ${String(what)}`, () => {
    process.mustRun();
    return what.test(process.log());
  });
}

async function may(user: string, ...question: string[]): Promise<boolean> {
  return (await cluster().tryKubectl(['auth', 'can-i', ...question, `--as=${user}`])).status === 0;
}

/** Under another account if one is named. The lock of a controller before it would be waited out. */
async function startController(account?: string): Promise<ManagedProcess> {
  const lock = ['lease/argo-rollouts-controller-lock', '--namespace=argo-rollouts', '--ignore-not-found'];
  await cluster().kubectl(['delete', ...lock]);
  const pod = await podOf(cluster(), 'argo-rollouts', 'argo-rollouts');
  return startRollouts(cluster(), account === undefined ? pod : as(pod, account));
}

async function spotApp(): Promise<object[]> {
  return renderApp(`
name: shop
namespace: rights
image: example.com/shop:1.0.0
port: 8080
health: /healthz
capacity: prefer-spot
resources: {cpu: 500m, memory: 64Mi}
scale: {min: 6, max: 6}
clusters: {prod: {}}
`);
}

async function namesOnSpot(): Promise<(string | undefined)[]> {
  const pods = await runningPodsOf(cluster(), 'rights', 'shop');
  return pods
    .filter(({ spec }) => spec?.nodeName === 'burst-1')
    .map(({ metadata }) => metadata?.name)
    .sort();
}
