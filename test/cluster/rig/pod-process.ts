import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { V1ConfigMap, V1Container, V1Pod, V1Secret } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerEnvironment, referencesOf } from './container.js';
import { ManagedProcess } from './process.js';

/** A real process in the place of a container that kwok only plays. */
export interface PodProcess {
  /** Of the process and its log. */
  readonly name: string;
  readonly pod: V1Pod;
  readonly container: V1Container;
  readonly command: string;
  readonly args: readonly string[];
  /** What the test states on top of the rendered environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the cluster's DNS would answer: name → address. */
  readonly hosts?: Readonly<Record<string, string>>;
}

/**
 * Starts it as its container would start: the rendered environment with the ConfigMaps and Secrets of this moment, the
 * service account's token at its usual path, and Services found by their names. Both are mounts that this process alone
 * sees. The process stops with the cluster.
 */
export async function startPodProcess(cluster: Cluster, process: PodProcess): Promise<ManagedProcess> {
  const { name, pod, container, command, args, env = {}, hosts = {} } = process;
  const { site } = cluster;
  const folder = join(site.folder, name);
  await writeCredentials(cluster, pod, join(folder, 'serviceaccount'));
  const lines = Object.entries({ localhost: '127.0.0.1', ...hosts }).map(([host, address]) => `${address} ${host}`);
  writeFileSync(join(folder, 'hosts'), `${lines.join('\n')}\n`);
  return cluster.adopt(
    new ManagedProcess({
      name,
      command: 'unshare',
      args: ['--mount', 'sh', '-euc', MOUNT_AND_RUN, 'sh', folder, command, ...args],
      logFile: site.logFile(name),
      env: {
        ...containerEnvironment(pod, container, await referencedKeys(cluster, pod, container)),
        KUBERNETES_SERVICE_HOST: '127.0.0.1',
        KUBERNETES_SERVICE_PORT: String(site.slot.port(2)),
        ...env,
      },
    }),
  );
}

// /var/run is /run on every distribution of today. The rest of /run is hidden from the process, and only from it.
const MOUNT_AND_RUN = `
mount -t tmpfs tmpfs /run
mkdir -p /run/secrets/kubernetes.io
cp -r "$1/serviceaccount" /run/secrets/kubernetes.io/serviceaccount
mount --bind "$1/hosts" /etc/hosts
shift
exec "$@"
`;

/** What the kubelet mounts at /var/run/secrets/kubernetes.io/serviceaccount. */
async function writeCredentials(cluster: Cluster, pod: V1Pod, folder: string): Promise<void> {
  const namespace = pod.metadata?.namespace ?? '';
  const token = await cluster.serviceAccountToken(namespace, pod.spec?.serviceAccountName ?? '');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'token'), token, { mode: 0o600 });
  writeFileSync(join(folder, 'namespace'), namespace);
  copyFileSync(cluster.site.pki.ca, join(folder, 'ca.crt'));
}

async function referencedKeys(
  cluster: Cluster,
  pod: V1Pod,
  container: V1Container,
): Promise<Map<string, Record<string, string>>> {
  const inNamespace = `--namespace=${pod.metadata?.namespace ?? ''}`;
  const found = await Promise.all(
    referencesOf(container).map(async (reference): Promise<[string, Record<string, string>][]> => {
      // One that is optional may be missing; one that is not is said by containerEnvironment.
      const { status, stdout } = await cluster.tryKubectl(['get', reference, inNamespace, '--output=json']);
      return status === 0 ? [[reference, valuesOf(JSON.parse(stdout) as V1ConfigMap | V1Secret)]] : [];
    }),
  );
  return new Map(found.flat());
}

function valuesOf({ kind, data = {} }: V1ConfigMap | V1Secret): Record<string, string> {
  if (kind !== 'Secret') return data;
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return Object.fromEntries(decoded) as Record<string, string>;
}
