import type { V1Pod } from '@kubernetes/client-node';

import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';

const NAME_LABEL = 'app.kubernetes.io/name';

/** The pods that carry this app's (or component's) name, whatever their phase. */
export function podsOf(cluster: Cluster, namespace: string, app: string): Promise<V1Pod[]> {
  return cluster.get<V1Pod>('pods', `--namespace=${namespace}`, `--selector=${NAME_LABEL}=${app}`);
}

/** Those of them that run and are not leaving. */
export async function runningPodsOf(cluster: Cluster, namespace: string, app: string): Promise<V1Pod[]> {
  return (await podsOf(cluster, namespace, app)).filter(
    (pod) => pod.status?.phase === 'Running' && pod.metadata?.deletionTimestamp === undefined,
  );
}

/** Waits for `count` running pods and returns them. */
export function waitForPods(
  cluster: Cluster,
  namespace: string,
  app: string,
  count: number,
  timeoutMs = 30_000,
): Promise<V1Pod[]> {
  return waitFor(
    `${count} pods of ${app} to run`,
    async () => {
      const pods = await runningPodsOf(cluster, namespace, app);
      return pods.length === count && pods;
    },
    { timeoutMs },
  );
}

/** One running pod. */
export async function podOf(cluster: Cluster, namespace: string, app: string): Promise<V1Pod> {
  return waitFor(`a pod of ${app} to run`, async () => (await runningPodsOf(cluster, namespace, app))[0]);
}
