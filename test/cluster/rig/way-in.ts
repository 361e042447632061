import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILE = 'way-in';

/**
 * Keeps, for the processes inside, how another shell of this machine gets into their network: only out here is known
 * which process that is.
 * @param temporary the launched command's TMPDIR
 * @param pid a process in the network, by its number out here
 */
export function keepWayIn(temporary: string, pid: number): void {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
  writeFileSync(join(temporary, FILE), ['nsenter', `--target=${pid}`, '--net', ...user].join(' '));
}

/** The command (to be followed by another one) that runs something in the rig's network from outside. */
export function wayIn(): string | undefined {
  const file = join(tmpdir(), FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
