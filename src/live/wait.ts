import type { Answer } from './kubectl.js';
import type { Verdict } from './verdict.js';

/** Time, which only src/cli has. */
export interface Clock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface WaitOptions<Seen> {
  readonly look: () => Promise<Answer<Seen>>;
  readonly judge: (seen: Seen) => Promise<Verdict> | Verdict;
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
  readonly clock: Clock;
  /** Told of each thing that it waits for, once. */
  readonly observe: (reason: string) => void;
}

export type Outcome<Seen> =
  | { readonly kind: 'released'; readonly seen: Seen }
  | { readonly kind: 'failed'; readonly reason: string; readonly seen: Seen }
  /** Nothing was ever seen. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/**
 * Looks until the verdict is one, or the time is over. A cluster that does not answer for a while is asked again; one that never did is an
 * error at once, since then the connection is wrong.
 */
export async function waitUntilReleased<Seen>(options: WaitOptions<Seen>): Promise<Outcome<Seen>> {
  const first = await options.look();
  if (!first.ok) return { kind: 'unreachable', reason: first.error };
  const { clock, timeoutSeconds, intervalSeconds, observe } = options;
  const deadlineMs = clock.nowMs() + timeoutSeconds * 1000;
  let seen = first.value;
  let verdict = await options.judge(seen);
  let pendingSinceMs = clock.nowMs();
  for (let told = ''; ;) {
    if (verdict.kind === 'released') return { kind: 'released', seen };
    const { reason } = verdict;
    if (verdict.kind === 'failed') return { kind: 'failed', reason, seen };
    if (reason !== told) {
      observe(reason);
      pendingSinceMs = clock.nowMs();
      told = reason;
    }
    const patienceMs = (verdict.patienceSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    if (clock.nowMs() - pendingSinceMs >= patienceMs) return { kind: 'failed', reason, seen };
    const leftMs = deadlineMs - clock.nowMs();
    if (leftMs <= 0) return { kind: 'failed', reason: `time is over: ${reason}`, seen };

    await clock.sleep(Math.min(intervalSeconds * 1000, leftMs));
    const answer = await options.look();
    if (answer.ok) seen = answer.value;
    verdict = answer.ok
      ? await options.judge(seen)
      : { kind: 'pending', reason: `the cluster does not answer: ${answer.error}` };
  }
}
