import { durationSeconds } from '../model/units.js';
import { duration } from '../spec/schema/scalars.js';

/** Seconds of a duration on the command line, written as in the specs: `90s`, `30m`, `1h`. Undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  return duration.safeParse(text).success ? durationSeconds(text) : undefined;
}
