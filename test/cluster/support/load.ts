import type { Cluster } from '../rig/cluster.js';

/**
 * Puts load on an app: each of its pods of this moment seems to use that much CPU. Pods that come later use next to
 * nothing, so the sum stays what it is and the HPA settles where it should.
 * @param cpu such as 120m; undefined takes the load away
 */
export async function setLoad(
  cluster: Cluster,
  namespace: string,
  app: string,
  cpu: string | undefined,
): Promise<void> {
  const annotation = cpu === undefined ? 'kwok.x-k8s.io/usage-cpu-' : `kwok.x-k8s.io/usage-cpu=${cpu}`;
  await cluster.kubectl([
    'annotate',
    'pods',
    `--namespace=${namespace}`,
    `--selector=app.kubernetes.io/name=${app}`,
    '--overwrite',
    annotation,
  ]);
}
