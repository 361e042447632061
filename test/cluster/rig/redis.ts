import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { V1Pod, V1Secret } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerOf } from './container.js';
import { startPodProcess } from './pod-process.js';
import type { ManagedProcess } from './process.js';
import { waitFor } from './wait.js';

/**
 * Runs Debian's redis at the address of Argo CD's redis pod, with the rendered arguments. First its init container's
 * own command makes the password, under the rendered service account.
 */
export async function startRedis(cluster: Cluster, pod: V1Pod, argocd: string): Promise<ManagedProcess> {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).error)
    throw new Error('the rig needs `redis-server` for Argo CD (Debian: apt-get install redis-server)');
  const password = await initialPassword(cluster, pod, argocd);
  const folder = join(cluster.site.folder, 'redis-data');
  mkdirSync(folder, { recursive: true });
  const container = containerOf(pod, 'redis');
  const args = (container.args ?? []).map((arg) => arg.replace('$(REDIS_PASSWORD)', password));
  const redis = await startPodProcess(cluster, {
    name: 'argocd-redis',
    pod,
    container,
    command: 'redis-server',
    args: [...args, '--bind', pod.status?.podIP ?? '', '--dir', folder],
  });
  await waitFor('redis to be ready', () => {
    redis.mustRun();
    return redis.log().includes('Ready to accept connections');
  });
  return redis;
}

async function initialPassword(cluster: Cluster, pod: V1Pod, argocd: string): Promise<string> {
  const container = pod.spec?.initContainers?.find(({ name }) => name === 'secret-init');
  if (container === undefined) throw new Error("Argo CD's redis pod has no init container secret-init");
  await startPodProcess(cluster, {
    name: 'argocd-redis-secret-init',
    pod,
    container,
    command: argocd,
    args: (container.command ?? []).slice(1),
  });
  return waitFor('the redis password', async () => {
    const [secret] = await cluster.get<V1Secret>('secret', 'argocd-redis', '--namespace=argocd');
    return Buffer.from(secret?.data?.['auth'] ?? '', 'base64').toString();
  });
}
