/** The variable in which the launcher (test/cluster/launch.ts) tells the processes of its network where everything is. */
export const LAUNCHED = 'SPILLWAY_RIG_FILES';

/** Name → path of every binary and asset that the launcher has built; throws one clear line outside the launcher. */
export function builtFiles(): ReadonlyMap<string, string> {
  const files = process.env[LAUNCHED];
  if (files === undefined)
    throw new Error(
      'the rig needs its private network and its binaries: start it by `npm run test:cluster` or `npm run rig`',
    );
  return new Map(Object.entries(JSON.parse(files) as Record<string, string>));
}
