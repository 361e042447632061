import { expect, test } from '@jest/globals';
import type { V1Node, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';

import { apply, remove } from './rig/apply.js';
import { clusterAutoscalerBinary, startClusterAutoscaler } from './rig/cluster-autoscaler.js';
import type { ScalableGroup } from './rig/cluster-autoscaler.js';
import type { ManagedProcess } from './rig/process.js';
import { waitFor } from './rig/wait.js';
import { renderApp } from './support/apps.js';
import { useCluster } from './support/cluster.js';
import { setLoad } from './support/load.js';
import { nodeGroupNamed, nodeOfGroup, nodesOfGroups } from './support/node-groups.js';
import { installPlatform, runMetricsServer } from './support/platform.js';
import { podOf, podsOf, runningPodsOf, waitForPods } from './support/pods.js';
import { Timeline } from './support/timeline.js';

// Load → HPA → replicas → pending pods → nodes → running pods, from the rendered objects and prod's own node groups.

const base = nodeGroupNamed('prod', 'base');
const burst = nodeGroupNamed('prod', 'burst');
const hasAutoscaler = clusterAutoscalerBinary() !== undefined;
const withAutoscaler = hasAutoscaler ? test : test.skip;

const cluster = useCluster({ name: 'chain', nodes: nodesOfGroups('prod', { base: base.min }) }, async (it) => {
  await runMetricsServer(it, 'prod');
  await installPlatform(it, 'prod', ['cluster-autoscaler']);
});

const app = () =>
  renderApp(`
name: web
namespace: chain
image: example.com/web:1.0.0
port: 8080
health: /healthz
capacity: overflow
resources: {cpu: 500m, memory: 64Mi}
scale: {min: 2, max: 50, cpu: 60%, down: {stabilizationWindow: 10s}}
clusters: {prod: {}}
`);

let autoscaler: ManagedProcess | undefined;

test(`load becomes pods and pods become nodes: on-demand to its maximum first, then Spot${hasAutoscaler ? '' : ' (nodes added by the test: no Cluster Autoscaler)'}`, async () => {
  await apply(cluster(), { objects: await app() });
  await waitForPods(cluster(), 'chain', 'web', 2);
  await waitFor('the HPA to read a metric', isScaling, { timeoutMs: 90_000 });
  if (hasAutoscaler)
    autoscaler = await startClusterAutoscaler(
      cluster(),
      await podOf(cluster(), 'kube-system', 'cluster-autoscaler'),
      groups(),
    );

  const timeline = new Timeline();
  timeline.note(`2 pods of 500m on ${base.min} on-demand nodes; load for 48 pods begins`);
  await setLoad(cluster(), 'chain', 'web', '7200m');
  try {
    await waitFor(
      '48 running pods',
      async () => {
        const [hpa] = await cluster().get<V2HorizontalPodAutoscaler>('hpa', 'web', '--namespace=chain');
        const pods = await podsOf(cluster(), 'chain', 'web');
        const pending = pods.filter((pod) => pod.spec?.nodeName === undefined).length;
        const count = await nodesByLifecycle();
        timeline.note(`HPA wants ${hpa?.status?.desiredReplicas ?? '?'} pods`);
        if (pending > 0) timeline.note(`${pending} of ${pods.length} pods are pending`);
        timeline.note(`${count.onDemand} on-demand and ${count.spot} Spot nodes`);
        // Spot is bought only when on-demand is at its maximum.
        expect(count.spot === 0 || count.onDemand === base.max).toBe(true);
        if (!hasAutoscaler && pending > 0) await buyNode(count);
        return (await runningPodsOf(cluster(), 'chain', 'web')).length === 48;
      },
      { timeoutMs: 180_000, intervalMs: 500 },
    );
  } finally {
    console.log(`From load to nodes\n${timeline.toString()}`);
  }
  const { onDemand, spot } = await nodesByLifecycle();
  timeline.note(`48 pods run on ${onDemand} on-demand and ${spot} Spot nodes`);
  expect({ onDemand, spot }).toEqual({ onDemand: base.max, spot: 1 });
});

withAutoscaler('the autoscaler says why: the priority expander chose, by the rendered patterns', () => {
  const log = autoscaler?.log() ?? '';
  expect(log).toContain(`priority expander: ${base.asgName} chosen as the highest available`);
  expect(log).toContain(`Final scale-up plan: [{${burst.asgName} 0->`);
  expect(log).not.toMatch(/is forbidden/);
});

withAutoscaler('load goes, pods go, and Spot is given back', async () => {
  await setLoad(cluster(), 'chain', 'web', undefined);
  await waitForPods(cluster(), 'chain', 'web', 2, 90_000);
  // On-demand nodes follow more slowly, and not all of them: those with controllers wait for their budgets.
  await waitFor('Spot to be gone', async () => (await nodesByLifecycle()).spot === 0, {
    timeoutMs: 150_000,
    intervalMs: 1_000,
  });
  expect((await nodesByLifecycle()).onDemand).toBeGreaterThanOrEqual(base.min);
});

withAutoscaler('`--expander=least-waste` alone would buy Spot while on-demand has room to grow', async () => {
  await autoscaler?.stop();
  const { onDemand } = await nodesByLifecycle();
  expect(onDemand).toBeLessThan(base.max);
  // Spot nodes of half the size waste less on one pod, which is all that this expander looks at.
  const half = { ...burst, size: { ...burst.size, cpu: '1930m', memory: '7000Mi' } };
  const small: ScalableGroup = { min: burst.min, max: burst.max, current: 0, template: nodeOfGroup(half, 'burst') };
  const pod = await podOf(cluster(), 'kube-system', 'cluster-autoscaler');
  autoscaler = await startClusterAutoscaler(cluster(), pod, [group(base, onDemand), small], {
    expander: 'least-waste',
    'scale-down-enabled': 'false',
  });
  await remove(cluster(), { objects: (await app()).filter(({ kind }) => kind === 'HorizontalPodAutoscaler') });
  // Seven pods of 500m fit on a node: one is too many for those that are there.
  await cluster().kubectl(['scale', 'deployment', 'web', '--namespace=chain', `--replicas=${onDemand * 7 + 1}`]);
  await waitFor(
    'a node to be bought',
    async () => {
      const count = await nodesByLifecycle();
      return count.onDemand + count.spot > onDemand;
    },
    { timeoutMs: 60_000 },
  );
  expect(await nodesByLifecycle()).toEqual({ onDemand, spot: 1 });
});

function groups(): ScalableGroup[] {
  return [group(base, base.min), group(burst, 0)];
}

function group(of: typeof base, current: number): ScalableGroup {
  return { min: of.min, max: of.max, current, template: nodeOfGroup(of, of.name) };
}

/** What the Cluster Autoscaler would do, for machines without one: the same order, one node at a time. */
async function buyNode({ onDemand, spot }: { onDemand: number; spot: number }): Promise<void> {
  const [of, number] = onDemand < base.max ? [base, onDemand + 1] : [burst, spot + 1];
  await cluster().addNodes([nodeOfGroup(of, `${of.name}-${number}`)]);
}

async function nodesByLifecycle(): Promise<{ onDemand: number; spot: number }> {
  const lifecycles = (await cluster().get<V1Node>('nodes')).map((node) => node.metadata?.labels?.['node-lifecycle']);
  return {
    onDemand: lifecycles.filter((it) => it === 'on-demand').length,
    spot: lifecycles.filter((it) => it === 'spot').length,
  };
}

async function isScaling(): Promise<boolean> {
  const [hpa] = await cluster().get<V2HorizontalPodAutoscaler>('hpa', 'web', '--namespace=chain');
  return hpa?.status?.conditions?.some((it) => it.type === 'ScalingActive' && it.status === 'True') ?? false;
}
