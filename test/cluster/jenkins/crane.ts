import { spawnSync } from 'node:child_process';

import { builtFiles } from '../rig/parts.js';

/** Where the rig has built crane (google/go-containerregistry): the registry itself, and a client of it. */
export function craneProgram(): string {
  const program = builtFiles().get('crane');
  if (program === undefined)
    throw new Error('the rig has not built crane: name it in SPILLWAY_RIG_PARTS, or none at all');
  return program;
}

/** What crane prints, without the last line end; throws with what it says when it fails. */
export function crane(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(craneProgram(), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`crane ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}
