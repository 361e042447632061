import { readFileSync } from 'node:fs';

/** What the launcher (test/cluster/launch.ts) tells the processes that it starts in the private network. */
export const LAUNCHED = 'SPILLWAY_RIG_FILES';

/** Name → path of every binary and asset that the launcher has built; throws one clear line outside the launcher. */
export function builtFiles(): ReadonlyMap<string, string> {
  const path = process.env[LAUNCHED];
  if (path === undefined)
    throw new Error(
      'the rig needs its private network and its binaries: start it by `npm run test:cluster` or `npm run rig`',
    );
  return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>));
}
