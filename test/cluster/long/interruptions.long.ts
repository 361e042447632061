import { describe, expect, test } from '@jest/globals';

import { apply } from '../rig/apply.js';
import { startMetadata } from '../rig/metadata.js';
import { startTerminationHandler } from '../rig/termination-handler.js';
import { sleep, waitFor } from '../rig/wait.js';
import { useCluster } from '../support/cluster.js';
import { budgetOf, burstApp, handlerOn, nodeNamed, on } from '../support/interruption.js';
import { nodeGroupNamed, nodeOfGroup, nodesOfGroups } from '../support/node-groups.js';
import { installPlatform } from '../support/platform.js';
import { podsOf, runningPodsOf, waitForPods } from '../support/pods.js';
import { watch } from '../support/watch.js';

// interruption.test.ts again and again: EC2 takes a Spot node, the group brings another one, and EC2 takes that too.

const ROUNDS = 6;
const NOTICE_SECONDS = 120;

const cluster = useCluster(
  {
    name: 'interruptions',
    nodes: nodesOfGroups('prod', { base: 2, burst: 2 }),
    kwok: { readyDelayMs: 3_000, fullGracePeriod: true },
  },
  async (it) => {
    await installPlatform(it, 'prod', ['node-termination-handler']);
    await apply(it, { objects: await burstApp('shop', 12) });
    await waitForPods(it, 'interruption', 'shop', 12, 60_000);
  },
);

const burst = nodeGroupNamed('prod', 'burst');

describe('one Spot node after the other', () => {
  test.each(Array.from({ length: ROUNDS }, (_, i) => i + 1))(
    'round %i: its pods run elsewhere before the machine goes, and the budget held',
    async (round) => {
      const target = `burst-${round}`;
      const budgets = watch(() => budgetOf(cluster(), 'shop'));
      const started = Date.now();
      const metadata = await startMetadata(cluster(), round % 8, { leadSeconds: NOTICE_SECONDS, delaySeconds: 0 });
      const handler = await startTerminationHandler(cluster(), await handlerOn(cluster(), target), metadata.url);
      await waitFor('the node to be cordoned', async () => (await nodeNamed(cluster(), target)).spec?.unschedulable);
      await waitFor(
        '12 pods to run elsewhere',
        async () =>
          (await runningPodsOf(cluster(), 'interruption', 'shop')).filter((pod) => !on(target)(pod)).length === 12,
        { timeoutMs: NOTICE_SECONDS * 1000 },
      );
      await waitFor(
        'the last pod to be gone',
        async () => !(await podsOf(cluster(), 'interruption', 'shop')).some(on(target)),
        { timeoutMs: NOTICE_SECONDS * 1000 },
      );
      expect((Date.now() - started) / 1000).toBeLessThan(NOTICE_SECONDS);
      const seen = await budgets.end();
      expect(seen.filter(({ current, desired }) => current < desired)).toEqual([]);
      await handler.stop();
      await metadata.stop();
      // The machine goes, and the group brings the next one but one.
      await cluster().kubectl(['delete', 'node', target]);
      await cluster().addNodes([nodeOfGroup(burst, `burst-${round + 2}`)]);
    },
    300_000,
  );
});

test('a pod with more than its share of grace is still there when the machine dies: what `spot-grace-period` warns of', async () => {
  const objects = await burstApp('slow', 2);
  for (const object of objects)
    if (object.kind === 'Deployment') {
      const { template } = object['spec'] as { template: { spec: Record<string, unknown> } };
      template.spec['terminationGracePeriodSeconds'] = 180;
    }
  await apply(cluster(), { objects });
  await waitForPods(cluster(), 'interruption', 'slow', 2);
  const [pod] = await runningPodsOf(cluster(), 'interruption', 'slow');
  const target = pod?.spec?.nodeName ?? '';
  expect(target).toMatch(/^burst-/);
  const metadata = await startMetadata(cluster(), 7, { leadSeconds: NOTICE_SECONDS, delaySeconds: 0 });
  const handler = await startTerminationHandler(cluster(), await handlerOn(cluster(), target), metadata.url);
  // This is the one thing to wait out: the machine's own time.
  await sleep(NOTICE_SECONDS * 1000);
  const left = (await podsOf(cluster(), 'interruption', 'slow')).filter(on(target));
  expect(left.length).toBeGreaterThan(0);
  await handler.stop();
  await metadata.stop();
}, 300_000);
