import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveObject } from '../../src/live/json.js';

/** Moments of a release of podinfo, 6.9.2 → 6.9.3, on the rig (test/cluster/operate.test.ts, 2026-11-23); what nobody reads was left out. */
export type Moment = 'paused';

/** The objects of one moment, by kind; ReplicaSets with their hash. */
export function recorded(moment: Moment, object: string): LiveObject {
  const objects = JSON.parse(readFileSync(join(__dirname, 'recorded', `${moment}.json`), 'utf8')) as Record<
    string,
    LiveObject
  >;
  const found = objects[object];
  if (found === undefined) throw new Error(`no ${object} was recorded when ${moment}`);
  return found;
}

/** The same with other values at some places: `{'status.phase': 'Degraded'}`. */
export function changed(object: LiveObject, changes: Readonly<Record<string, unknown>>): LiveObject {
  const copy = structuredClone(object) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at = copy;
    for (const key of keys) at = (at[key] ??= {}) as Record<string, unknown>;
    at[last] = value;
  }
  return copy;
}
