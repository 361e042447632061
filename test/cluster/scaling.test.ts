import { describe, expect, test } from '@jest/globals';
import type { V1APIService, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';

import { apply } from './rig/apply.js';
import { waitFor } from './rig/wait.js';
import { renderApp } from './support/apps.js';
import { useCluster } from './support/cluster.js';
import { setLoad } from './support/load.js';
import { nodesOfGroups } from './support/node-groups.js';
import { runMetricsServer, runRollouts } from './support/platform.js';
import { runningPodsOf, waitForPods } from './support/pods.js';

const apps = [
  { kind: 'Deployment', name: 'web', release: '' },
  { kind: 'Rollout', name: 'shop', release: 'release: {canary: [50%, 1m]}' },
];

const cluster = useCluster({ name: 'scaling', nodes: nodesOfGroups('prod', { base: 3 }) }, async (it) => {
  await Promise.all([runMetricsServer(it, 'prod'), runRollouts(it, 'prod')]);
  for (const app of apps) await apply(it, { objects: await renderApp(spec(app)) });
});

// Five minutes are the default before it goes down; nobody wants to wait them out here.
const spec = ({ name, release }: { name: string; release: string }) => `
name: ${name}
namespace: scaling
image: example.com/${name}:1.0.0
port: 8080
health: /healthz
resources: {cpu: 100m, memory: 64Mi}
scale: {min: 2, max: 10, cpu: 60%, down: {stabilizationWindow: 10s}}
${release}
clusters: {prod: {}}
`;

test('the rendered APIService reaches metrics-server at the address of its pod, through the rendered Service', async () => {
  const [service] = await cluster().get<V1APIService>('apiservice', 'v1beta1.metrics.k8s.io');
  expect(service?.spec?.service).toMatchObject({ name: 'metrics-server', namespace: 'kube-system' });
  const nodes = await cluster().kubectl(['top', 'nodes', '--no-headers']);
  expect(nodes.trim().split('\n')).toHaveLength(3);
  const addresses = (await runningPodsOf(cluster(), 'kube-system', 'metrics-server')).map((pod) => pod.status?.podIP);
  const slices = await cluster().kubectl([
    'get',
    'endpointslices',
    '--namespace=kube-system',
    '--selector=kubernetes.io/service-name=metrics-server',
    '--output=jsonpath={.items[*].endpoints[*].addresses[*]}',
  ]);
  expect(slices.split(' ').sort()).toEqual(addresses.sort());
});

// Both at the same time: an HPA waits for figures most of its time.
describe('the rendered HPA scales a Deployment and a Rollout', () => {
  test('to their minimum first: replicas are left out of what is rendered', async () => {
    await both(async (name) => {
      await waitForPods(cluster(), 'scaling', name, 2);
      await waitFor(`the HPA of ${name} to read a metric`, () => isScaling(name), { timeoutMs: 120_000 });
    });
  });

  test('up on load', async () => {
    await both(async (name) => {
      await setLoad(cluster(), 'scaling', name, '180m');
      // 2 × 180m = 360m of load, 60m of each pod's 100m wanted.
      await waitForPods(cluster(), 'scaling', name, 6, 90_000);
    });
  });

  test('and down again', async () => {
    await both(async (name) => {
      await setLoad(cluster(), 'scaling', name, undefined);
      await waitForPods(cluster(), 'scaling', name, 2, 120_000);
    });
  });
});

async function both(what: (name: string) => Promise<void>): Promise<void> {
  await Promise.all(apps.map(({ name }) => what(name)));
}

async function isScaling(name: string): Promise<boolean> {
  const [hpa] = await cluster().get<V2HorizontalPodAutoscaler>('hpa', name, '--namespace=scaling');
  return hpa?.status?.conditions?.some((it) => it.type === 'ScalingActive' && it.status === 'True') ?? false;
}
