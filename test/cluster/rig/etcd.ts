import { join } from 'node:path';

import { ManagedProcess } from './process.js';
import type { Site } from './site.js';
import { waitFor } from './wait.js';

/** Where etcd listens for the API server. */
export function etcdUrl(site: Site): string {
  return `http://127.0.0.1:${site.slot.port(0)}`;
}

/** One etcd without durability: what a crash would lose, the rig throws away anyway. */
export async function startEtcd(site: Site): Promise<ManagedProcess> {
  const peer = `http://127.0.0.1:${site.slot.port(1)}`;
  const etcd = new ManagedProcess({
    name: 'etcd',
    command: site.file('etcd'),
    logFile: site.logFile('etcd'),
    args: [
      '--name=rig',
      `--data-dir=${join(site.folder, 'etcd')}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
      `--listen-client-urls=${etcdUrl(site)}`,
      `--advertise-client-urls=${etcdUrl(site)}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=rig=${peer}`,
    ],
  });
  await waitFor('etcd to be healthy', async () => {
    etcd.mustRun();
    const answer = await fetch(`${etcdUrl(site)}/health`);
    return answer.ok;
  });
  return etcd;
}
