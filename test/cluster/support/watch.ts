import { sleep } from '../rig/wait.js';

/** A probe that is asked all the time beside a test, for things that must never be seen. */
export interface Watch<T> {
  /** Ends the watch and returns everything that it saw. */
  readonly end: () => Promise<T[]>;
}

/** Asks `probe` every `intervalMs` until `end`; an answer of undefined is not kept. Its errors come out at the end. */
export function watch<T>(probe: () => Promise<T | undefined>, intervalMs = 300): Watch<T> {
  const ended = new AbortController();
  const seen: T[] = [];
  const run = (async () => {
    while (!ended.signal.aborted) {
      const value = await probe();
      if (value !== undefined) seen.push(value);
      await sleep(intervalMs);
    }
  })();
  // An error is handed out by `end`; until then it is nobody's unhandled rejection.
  run.catch(() => undefined);
  return {
    end: async () => {
      ended.abort();
      await run;
      return seen;
    },
  };
}
