import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { V1Pod } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerEnvironment, containerOf } from './container.js';
import { ManagedProcess } from './process.js';

/**
 * Runs the real Node Termination Handler as its pod would run: the rendered environment, the service account's token
 * at its usual path (a mount namespace of its own), and only the metadata address changed.
 * @param pod a pod of the rendered DaemonSet; it says which node it watches
 * @param changes environment that the test states on top
 */
export async function startTerminationHandler(
  cluster: Cluster,
  pod: V1Pod,
  metadataUrl: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<ManagedProcess> {
  const { site } = cluster;
  const node = pod.spec?.nodeName ?? '';
  const name = `node-termination-handler-${node}`;
  const credentials = join(site.folder, name);
  mkdirSync(credentials, { recursive: true });
  const token = await cluster.serviceAccountToken(pod.metadata?.namespace ?? '', pod.spec?.serviceAccountName ?? '');
  writeFileSync(join(credentials, 'token'), token);
  writeFileSync(join(credentials, 'namespace'), pod.metadata?.namespace ?? '');
  copyFileSync(site.pki.ca, join(credentials, 'ca.crt'));
  return cluster.adopt(
    new ManagedProcess({
      name,
      command: 'unshare',
      // /var/run is /run on every distribution of today. The rest of /run is hidden from the handler, and only from it.
      args: ['--mount', 'sh', '-euc', MOUNT_AND_RUN, 'sh', credentials, site.file('node-termination-handler')],
      logFile: site.logFile(name),
      env: {
        ...containerEnvironment(pod, containerOf(pod)),
        KUBERNETES_SERVICE_HOST: '127.0.0.1',
        KUBERNETES_SERVICE_PORT: String(site.slot.port(2)),
        INSTANCE_METADATA_URL: metadataUrl,
        ...changes,
      },
    }),
  );
}

const MOUNT_AND_RUN = `
mount -t tmpfs tmpfs /run
mkdir -p /run/secrets/kubernetes.io
cp -r "$1" /run/secrets/kubernetes.io/serviceaccount
exec "$2"
`;
