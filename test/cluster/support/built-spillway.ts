import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { repositoryRoot } from '../rig/build/paths.js';

let built: string | undefined;

/** The program as people run it, built from the sources as they are. */
export function builtSpillway(): string {
  if (built !== undefined) return built;
  const { status, stderr } = spawnSync(process.execPath, [join(repositoryRoot, 'tools', 'build.mjs')], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`spillway could not be built:\n${stderr}`);
  return (built = join(repositoryRoot, '.build', 'spillway.mjs'));
}
