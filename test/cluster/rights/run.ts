import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { AUDIT_LOG } from '../rig/apiserver.js';
import { waitFor } from '../rig/wait.js';

const FOLDER = join(process.cwd(), '.build', 'cluster');

/**
 * Waits until every other test file of this run has ended and stopped its clusters: sequencer.mjs says which they are,
 * environment.mjs when each has.
 */
export async function othersEnded(timeoutMs: number): Promise<void> {
  const { SPILLWAY_RIG_RUN: text } = process.env;
  if (text === undefined) throw new Error('test/cluster/sequencer.mjs has not said which files this run has');
  const run = JSON.parse(text) as { ended: string; awaited: readonly string[] };
  await waitFor(
    'the other test files to end',
    () => {
      const left = run.awaited.filter((mark) => !existsSync(join(run.ended, mark)));
      if (left.length > 0) throw new Error(`${left.join(', ')} still running`);
      return true;
    },
    { timeoutMs, intervalMs: 500 },
  );
}

/** The audit logs of all clusters that have run. */
export function auditLogs(): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(FOLDER, name, AUDIT_LOG))
    .filter((path) => existsSync(path));
}
