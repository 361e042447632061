import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The repository's root: npm runs every script there, jest too. */
export const repositoryRoot = process.cwd();

/** The folder with one pinned wrapper module (go.mod, go.sum) a part. */
export function modulesFolder(): string {
  const folder = join(repositoryRoot, 'test', 'cluster', 'rig', 'modules');
  if (!existsSync(folder)) throw new Error(`no ${folder}: run the rig from the repository's root, by its npm scripts`);
  return folder;
}

/** Where built binaries are kept: outside the work tree, so that `git clean` and a fresh clone do not cost an hour. */
export function cacheFolder(): string {
  return (
    process.env['SPILLWAY_RIG_CACHE'] ??
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'spillway', 'rig')
  );
}
