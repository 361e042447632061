import type { Clock } from '../live/wait.js';

/** The machine's own. */
export const clock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
