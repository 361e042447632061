// Runs a command in the rig's private network, with every part built: node tools/run.mjs test/cluster/launch.ts COMMAND [ARGS]
// The pod network is local in there and nothing leads out, so real components answer at the addresses of kwok's pods,
// and no test can reach the machine's network or anybody else's. What the command leaves behind ends with it.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildParts } from './rig/build/build.js';
import { prepareNetwork, unshareArguments } from './rig/network.js';
import { keepWayIn } from './rig/way-in.js';
import { LAUNCHED } from './rig/parts.js';
import { missingPrerequisites } from './rig/prerequisites.js';

const INSIDE = '--inside-the-private-network';

async function outside(command: readonly string[]): Promise<number> {
  const missing = missingPrerequisites({ forTests: command[0] === 'jest' });
  for (const line of missing) console.error(`rig: ${line}`);
  if (missing.length > 0) return 2;
  const unshare = unshareArguments();
  const parts = (process.env['SPILLWAY_RIG_PARTS'] ?? '').split(',').filter((name) => name !== '');
  const { files } = await buildParts(parts, (line) => {
    console.error(`rig: ${line}`);
  });
  // What a killed command leaves in its temporary folder goes with it.
  const temporary = mkdtempSync(join(tmpdir(), 'spillway-rig-'));
  const self = process.argv[1] ?? '';
  // Even a SIGKILL of this process ends unshare, and that ends everything inside.
  const end = ['--pdeathsig', 'KILL', 'unshare'];
  const child = spawn('setpriv', [...end, ...unshare, process.execPath, self, INSIDE, ...command], {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: temporary, [LAUNCHED]: JSON.stringify(Object.fromEntries(files)) },
  });
  if (child.pid !== undefined) keepWayIn(temporary, child.pid);
  // unshare itself holds SIGTERM back; its child is the one to tell.
  passOn(child, () => firstChildOf(child.pid) ?? child.pid);
  try {
    return await ended(child);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function inside(command: readonly string[]): Promise<number> {
  prepareNetwork();
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: 'inherit' });
  passOn(child, () => child.pid);
  return ended(child);
}

/** A terminal sends Ctrl-C to everybody, so that is only survived here; SIGTERM is for one process and passed on. */
function passOn(child: ChildProcess, target: () => number | undefined): void {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => {
    const pid = target();
    if (child.exitCode === null && pid !== undefined) process.kill(pid, 'SIGTERM');
  });
}

function firstChildOf(pid: number | undefined): number | undefined {
  try {
    const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim();
    return children === '' ? undefined : Number(children.split(' ')[0]);
  } catch {
    return undefined;
  }
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

const [first, ...rest] = process.argv.slice(2);
if (first === undefined) {
  console.error('usage: node tools/run.mjs test/cluster/launch.ts COMMAND [ARGS]');
  process.exit(2);
}
(first === INSIDE ? inside(rest) : outside([first, ...rest]))
  .then((code) => {
    process.exit(code);
  })
  .catch((error: unknown) => {
    console.error(`rig: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
