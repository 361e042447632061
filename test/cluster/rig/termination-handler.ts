import type { V1Pod } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerOf } from './container.js';
import { startPodProcess } from './pod-process.js';
import type { ManagedProcess } from './process.js';

/**
 * Runs the real Node Termination Handler as its pod would run: the rendered environment, the service account's token
 * at its usual path, and only the metadata address changed.
 * @param pod a pod of the rendered DaemonSet; it says which node it watches
 * @param changes environment that the test states on top
 */
export function startTerminationHandler(
  cluster: Cluster,
  pod: V1Pod,
  metadataUrl: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<ManagedProcess> {
  return startPodProcess(cluster, {
    name: `node-termination-handler-${pod.spec?.nodeName ?? ''}`,
    pod,
    container: containerOf(pod),
    command: cluster.site.file('node-termination-handler'),
    args: [],
    env: { INSTANCE_METADATA_URL: metadataUrl, ...changes },
  });
}
