import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { checkedGoVersion } from './build/go.js';

/** Tool → where Debian has it. Node and Go are checked apart. */
const FOR_A_CLUSTER = {
  unshare: 'util-linux',
  setpriv: 'util-linux',
  ip: 'iproute2',
} as const;

/** What only the tests need: Argo CD's cache, real repositories, linters of PyPI, the Groovy that Jenkins embeds. */
const FOR_THE_TESTS = {
  'redis-server': 'redis-server',
  git: 'git',
  python3: 'python3-venv',
  java: 'default-jre-headless',
} as const;

/**
 * One line for each thing that this machine lacks and how to get it; nothing where all is well. Asked before anything
 * is built, so that nobody learns after half an hour that redis-server is missing.
 * @param forTests whether what only the tests need counts too
 */
export function missingPrerequisites({ forTests }: { forTests: boolean }): string[] {
  const tools = Object.entries(forTests ? { ...FOR_A_CLUSTER, ...FOR_THE_TESTS } : FOR_A_CLUSTER);
  const missing = tools
    .filter(([tool]) => !isOnPath(tool))
    .map(([tool, debian]) => `no \`${tool}\` on PATH (Debian: apt-get install ${debian})`);
  try {
    checkedGoVersion();
  } catch (error) {
    missing.push(error instanceof Error ? error.message : String(error));
  }
  if (process.platform !== 'linux')
    missing.unshift(`the rig needs Linux and its network namespaces; this is ${process.platform}`);
  return missing;
}

function isOnPath(tool: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
