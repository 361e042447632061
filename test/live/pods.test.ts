import { expect, test } from '@jest/globals';
import { problemsOfPods } from '../../src/live/pods.js';

/** A pod of which one container waits, after it has ended or not. */
const pod = (waiting: object, lastState: object = {}) => ({
  metadata: { name: 'shop' },
  status: { containerStatuses: [{ name: 'shop', state: { waiting }, lastState }] },
});
const unpullable = pod({ reason: 'ImagePullBackOff', message: 'Back-off pulling image "acme/shop:1.4.3"' });

test('the same problem of several pods is said once, with their number', () => {
  expect(problemsOfPods([unpullable, unpullable])).toEqual([
    '2 pods: ImagePullBackOff: Back-off pulling image "acme/shop:1.4.3"',
  ]);
});

test('a container that crashes is said with how it ended', () => {
  const crashing = pod(
    { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=shop pod=shop-x' },
    {
      terminated: { reason: 'OOMKilled', exitCode: 137 },
    },
  );
  expect(problemsOfPods([crashing])).toEqual([
    '1 pod: CrashLoopBackOff: container shop ended with OOMKilled, exit code 137',
  ]);
});

test('a pod that finds no node is said in the words of the scheduler', () => {
  const pending = {
    status: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/2 nodes' }] },
  };
  expect(problemsOfPods([pending])).toEqual(['1 pod: Unschedulable: 0/2 nodes']);
});

test('pods that start, run or go have none', () => {
  const starting = pod({ reason: 'ContainerCreating' });
  const going = { ...unpullable, metadata: { name: 'shop', deletionTimestamp: '2026-11-23T00:00:00Z' } };
  const running = { status: { containerStatuses: [{ name: 'shop', state: { running: {} } }] } };
  expect(problemsOfPods([starting, going, running])).toEqual([]);
});
