import { expect, test } from '@jest/globals';
import type { Answer } from '../../src/live/kubectl.js';
import type { Verdict } from '../../src/live/verdict.js';
import { waitUntilReleased } from '../../src/live/wait.js';

const pending = (reason: string, patienceSeconds?: number): Verdict => ({
  ...{ kind: 'pending', reason },
  ...(patienceSeconds !== undefined && { patienceSeconds }),
});
const down: Answer<Verdict> = { ok: false, error: 'connection refused' };

/** Waits for verdicts that come one after another, the last for ever, on a clock that only sleeping moves. */
async function wait(...verdicts: readonly (Verdict | typeof down)[]) {
  let [nowMs, looks] = [0, 0];
  const observed: string[] = [];
  const outcome = await waitUntilReleased<Verdict>({
    look: () => {
      const next = verdicts[Math.min(looks++, verdicts.length - 1)] ?? down;
      return Promise.resolve('ok' in next ? next : { ok: true, value: next });
    },
    judge: (verdict) => verdict,
    timeoutSeconds: 600,
    intervalSeconds: 5,
    clock: {
      nowMs: () => nowMs,
      sleep: (ms) => {
        nowMs += ms;
        return Promise.resolve();
      },
    },
    observe: (reason) => observed.push(reason),
  });
  const reason = 'reason' in outcome ? outcome.reason : undefined;
  return { kind: outcome.kind, reason, observed, seconds: nowMs / 1000 };
}

test('it ends with the release, and says each thing that it waited for once', async () => {
  const verdicts = [pending('sync'), pending('sync'), pending('canary'), { kind: 'released' }] as const;
  expect(await wait(...verdicts)).toMatchObject({ kind: 'released', observed: ['sync', 'canary'], seconds: 15 });
});

test('it ends with a failure at once', async () => {
  expect(await wait({ kind: 'failed', reason: 'aborted' })).toMatchObject({
    kind: 'failed',
    reason: 'aborted',
    seconds: 0,
  });
});

test('it ends when the time is over, with what it waited for', async () => {
  expect(await wait(pending('canary'))).toMatchObject({ kind: 'failed', reason: 'time is over: canary', seconds: 600 });
});

test('what may pass by itself is given its time, and no more', async () => {
  expect(await wait(pending('Degraded', 180))).toMatchObject({ kind: 'failed', reason: 'Degraded', seconds: 180 });
  const passes = [...Array.from({ length: 30 }, () => pending('Degraded', 180)), { kind: 'released' }] as const;
  expect(await wait(...passes)).toMatchObject({ kind: 'released' });
});

test('a cluster that does not answer for a while is asked again; one that never did is an error', async () => {
  expect(await wait(pending('sync'), down, { kind: 'released' })).toMatchObject({
    kind: 'released',
    observed: ['sync', 'the cluster does not answer: connection refused'],
  });
  expect(await wait(down)).toMatchObject({ kind: 'unreachable', reason: 'connection refused', seconds: 0 });
});
