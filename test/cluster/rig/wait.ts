/** Thrown when a condition did not come true in time; the message says what was awaited and what was last seen. */
export class DeadlineError extends Error {}

/** Options of a wait; times in milliseconds. */
export interface WaitOptions {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
}

/**
 * Polls until `probe` returns something other than undefined, null or false, and returns it. An error thrown by the
 * probe counts as "not yet" and is shown if the deadline passes: servers that boot refuse connections for a while.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  { timeoutMs = 60_000, intervalMs = 100 }: WaitOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let lastSeen: string;
    try {
      const value = await probe();
      if (value !== undefined && value !== null && value !== false) return value;
      lastSeen = String(value);
    } catch (error) {
      if (error instanceof FatalError) throw error;
      lastSeen = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() >= deadline)
      throw new DeadlineError(`after ${timeoutMs / 1000} s still waiting for ${what}; last seen: ${lastSeen}`);
    await sleep(Math.min(intervalMs, Math.max(deadline - Date.now(), 1)));
  }
}

/** Thrown by a probe that knows that waiting longer is useless (the process is dead). */
export class FatalError extends Error {}

/** Checks throughout `durationMs` that `probe` stays true; throws with `what` as soon as it does not. */
export async function staysTrue(
  what: string,
  durationMs: number,
  probe: () => Promise<boolean>,
  intervalMs = 250,
): Promise<void> {
  const end = Date.now() + durationMs;
  while (Date.now() < end) {
    if (!(await probe())) throw new Error(`no longer true: ${what}`);
    await sleep(intervalMs);
  }
}

/** Resolves after `ms` milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
