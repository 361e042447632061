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

describe('the rendered HPA scales what is rendered, up on load and down again', () => {
  test.each(apps)('a $kind', async ({ name }) => {
    // Replicas are left out of what is rendered: the minimum is the HPA's doing.
    await waitForPods(cluster(), 'scaling', name, 2);
    await waitFor(
      'the HPA to read a metric',
      async () => {
        const [hpa] = await cluster().get<V2HorizontalPodAutoscaler>('hpa', name, '--namespace=scaling');
        return hpa?.status?.conditions?.some((it) => it.type === 'ScalingActive' && it.status === 'True');
      },
      { timeoutMs: 90_000 },
    );

    await setLoad(cluster(), 'scaling', name, '180m');
    // 2 × 180m = 360m of load, 60m of each pod's 100m wanted.
    await waitForPods(cluster(), 'scaling', name, 6, 60_000);

    await setLoad(cluster(), 'scaling', name, undefined);
    await waitForPods(cluster(), 'scaling', name, 2, 90_000);
  });
});
