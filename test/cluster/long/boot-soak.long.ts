import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { expect, test } from '@jest/globals';

import { startCluster } from '../rig/cluster.js';

// A rig that leaks a little is a rig that fails in the hundredth run.

const BOOTS = 12;

test(`${BOOTS} clusters one after the other leave no process, port, file, or open descriptor behind`, async () => {
  const seconds: number[] = [];
  // The first one opens what stays open (modules, a pool of threads).
  await bootAndStop(0);
  const before = footprint();
  for (let i = 1; i <= BOOTS; i++) seconds.push(await bootAndStop(i));
  expect(footprint()).toEqual(before);
  console.log(`booted in ${seconds.map((it) => it.toFixed(1)).join(', ')} s`);
}, 1_200_000);

/** Seconds from nothing to two nodes that are Ready. */
async function bootAndStop(i: number): Promise<number> {
  const started = Date.now();
  const cluster = await startCluster({ name: 'soak', nodes: [{ name: `a-${i}` }, { name: `b-${i}` }] });
  const seconds = (Date.now() - started) / 1000;
  await cluster.stop();
  return seconds;
}

/** What this process and its network hold. */
function footprint(): { processes: string[]; descriptors: string[]; listening: number; files: string[] } {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const descriptors = readdirSync('/proc/self/fd').length;
  // State 0A is LISTEN; other workers' clusters would count too, so this file is run alone (jest.long.config.mjs).
  const sockets = readFileSync('/proc/self/net/tcp', 'utf8').split('\n');
  return {
    processes: pids.map(commandOf).filter((command) => /etcd|kube-|kwok/.test(command)),
    // A few more or less are the runtime's own (a directory being read, a pipe of a test reporter).
    descriptors: [descriptors < 60 ? 'fewer than 60' : `${descriptors}`],
    listening: sockets.filter((line) => / 0A /.test(line)).length,
    files: readdirSync(tmpdir())
      .filter((name) => name.startsWith('spillway-soak'))
      .sort(),
  };
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
  } catch {
    return ''; // ended between the two looks
  }
}
