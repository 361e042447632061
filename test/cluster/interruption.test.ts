import { describe, expect, test } from '@jest/globals';

import { apply } from './rig/apply.js';
import { startMetadata } from './rig/metadata.js';
import type { Metadata } from './rig/metadata.js';
import type { ManagedProcess } from './rig/process.js';
import { startTerminationHandler } from './rig/termination-handler.js';
import { waitFor } from './rig/wait.js';
import { useCluster } from './support/cluster.js';
import { HANDLER, budgetOf, burstApp, handlerOn, isLeaving, nodeNamed, on } from './support/interruption.js';
import type { Budget } from './support/interruption.js';
import { nodeGroupNamed, nodeOfGroup, nodesOfGroups } from './support/node-groups.js';
import { installPlatform } from './support/platform.js';
import { podsOf, runningPodsOf, waitForPods } from './support/pods.js';
import { Timeline } from './support/timeline.js';
import { watch } from './support/watch.js';
import type { Watch } from './support/watch.js';

// The real handler on the rendered ServiceAccount, ClusterRole and environment; EC2 is Amazon's own mock. Pods take 3 s
// to be Ready and live their whole grace period, as a slow app's would.

const cluster = useCluster(
  {
    name: 'interruption',
    nodes: nodesOfGroups('prod', { base: 2, burst: 2 }),
    kwok: { readyDelayMs: 3_000, fullGracePeriod: true },
  },
  (it) => installPlatform(it, 'prod', ['node-termination-handler']),
);

test('the handler runs on every Spot node, and only there', async () => {
  const nodes = await waitFor('two handlers', async () => {
    const pods = await runningPodsOf(cluster(), 'kube-system', HANDLER);
    return pods.length === 2 && pods.map((pod) => pod.spec?.nodeName).sort();
  });
  expect(nodes).toEqual(['burst-1', 'burst-2']);
  const relabelled = await cluster().kubectl(['label', 'node', 'burst-2', 'node-lifecycle-']);
  expect(relabelled).toContain('unlabeled');
  await waitFor(
    'the node without the label to lose its handler',
    async () => {
      const pods = await runningPodsOf(cluster(), 'kube-system', HANDLER);
      return !pods.some((pod) => pod.spec?.nodeName === 'burst-2');
    },
    { timeoutMs: 60_000 },
  );
  await cluster().kubectl(['label', 'node', 'burst-2', 'node-lifecycle=spot']);
});

describe('a Spot notice of two minutes', () => {
  // What one test begins the next ones follow to its end: a pod's 60 s of grace pass while another budget is tried.
  const timeline = new Timeline();
  let metadata: Metadata;
  let handler: ManagedProcess;
  let budgets: Watch<Budget>;

  test('the node is tainted and cordoned, its pods leave within the budget and run elsewhere in time', async () => {
    await apply(cluster(), { objects: await burstApp('shop', 12) });
    await waitForPods(cluster(), 'interruption', 'shop', 12);
    const before = (await podsOf(cluster(), 'interruption', 'shop')).filter(on('burst-1'));
    // 25% of 12 is 3: more of them are here than may be away at once.
    expect(before.length).toBeGreaterThan(3);

    metadata = await startMetadata(cluster(), 0, { leadSeconds: 120, delaySeconds: 3 });
    timeline.startNow();
    handler = await startTerminationHandler(cluster(), await handlerOn(cluster(), 'burst-1'), metadata.url);
    timeline.note(`12 pods run, ${before.length} of them on burst-1; its handler is started, the notice comes in 3 s`);
    budgets = watch(() => budgetOf(cluster(), 'shop'));

    await waitFor(
      'burst-1 to be cordoned',
      async () => (await nodeNamed(cluster(), 'burst-1')).spec?.unschedulable === true,
    );
    timeline.note('burst-1 is cordoned');
    const taints = await waitFor('the handler’s taint', async () => {
      const found =
        (await nodeNamed(cluster(), 'burst-1')).spec?.taints?.map(({ key, effect }) => `${key}:${effect}`) ?? [];
      return found.some((taint) => taint.startsWith(`${HANDLER}/spot-itn`)) && found;
    });
    timeline.note(`burst-1 is tainted ${HANDLER}/spot-itn`);
    expect(taints).toContain(`${HANDLER}/spot-itn:NoSchedule`);

    await waitFor(
      '12 pods to run on other nodes',
      async () => {
        const pods = await runningPodsOf(cluster(), 'interruption', 'shop');
        const leaving = (await podsOf(cluster(), 'interruption', 'shop'))
          .filter(on('burst-1'))
          .filter(isLeaving).length;
        timeline.note(`${leaving} of ${before.length} pods evicted`);
        return pods.filter((pod) => !on('burst-1')(pod)).length === 12;
      },
      { timeoutMs: 120_000, intervalMs: 500 },
    );
    timeline.note('12 pods run on other nodes');
    expect(timeline.seconds()).toBeLessThan(120);
    for (const name of ['base-1', 'base-2', 'burst-2'])
      expect((await nodeNamed(cluster(), name)).spec?.unschedulable).toBeUndefined();
    for (const name of ['base-1', 'base-2']) expect((await nodeNamed(cluster(), name)).spec?.taints).toBeUndefined();
  });

  test('a budget that lets no pod go holds them until the machine dies, and the log says why', async () => {
    const objects = await burstApp('stuck', 6);
    for (const object of objects)
      if (object.kind === 'PodDisruptionBudget')
        Object.assign(object, { spec: { ...(object['spec'] as object), maxUnavailable: 0 } });
    // A node of its own: the others hold pods of the test before.
    const target = 'burst-3';
    await cluster().addNodes([nodeOfGroup(nodeGroupNamed('prod', 'burst'), target)]);
    await apply(cluster(), { objects });
    await waitForPods(cluster(), 'interruption', 'stuck', 6);
    const before = (await podsOf(cluster(), 'interruption', 'stuck'))
      .filter(on(target))
      .map((pod) => pod.metadata?.name);
    expect(before.length).toBeGreaterThan(0);

    // The handler acts when the time left is below its grace period, so both are short here.
    const own = await startMetadata(cluster(), 1, { leadSeconds: 20, delaySeconds: 0 });
    const refused = await startTerminationHandler(cluster(), await handlerOn(cluster(), target), own.url, {
      NODE_TERMINATION_GRACE_PERIOD: '20',
    });
    await waitFor('the handler to be refused', () => refused.log().includes('Cannot evict pod as it would violate'), {
      timeoutMs: 60_000,
    });
    await waitFor('the handler to give up', () => /problem while trying to cordon and drain/i.test(refused.log()), {
      timeoutMs: 60_000,
    });
    expect((await nodeNamed(cluster(), target)).spec?.unschedulable).toBe(true);
    const after = (await podsOf(cluster(), 'interruption', 'stuck'))
      .filter(on(target))
      .filter((pod) => !isLeaving(pod));
    expect(after.map((pod) => pod.metadata?.name)).toEqual(before);
    await refused.stop();
    await own.stop();
  });

  test('the last pod is gone before the machine is, no budget was ever short, and the handler may do all that it does', async () => {
    await waitFor(
      'the last pod to leave burst-1',
      async () => !(await podsOf(cluster(), 'interruption', 'shop')).some(on('burst-1')),
      { timeoutMs: 120_000 },
    );
    timeline.note('the last pod has left burst-1');
    await waitFor('the handler to say so', () => handler.log().includes('Node successfully cordoned and drained'));
    console.log(`A Spot interruption\n${timeline.toString()}`);
    // The notice came 3 s after the handler's start.
    expect(timeline.seconds()).toBeLessThan(123);
    const healthy = await budgets.end();
    expect(healthy.length).toBeGreaterThan(5);
    expect(healthy.filter(({ current, desired }) => current < desired)).toEqual([]);
    expect(handler.log()).not.toMatch(/forbidden/);
    await handler.stop();
    await metadata.stop();
  });
});
