import type { V1APIService } from '@kubernetes/client-node';

import type { Cluster } from '../rig/cluster.js';
import { startMetricsServer } from '../rig/metrics-server.js';
import { startRollouts } from '../rig/rollouts.js';
import { waitFor } from '../rig/wait.js';
import type { ClusterName } from './dist.js';
import { install, layersOf } from './install.js';
import { podOf, runningPodsOf } from './pods.js';

/** Applies dist/<cluster>/platform/<component>/ of these components, and the namespaces that they need. */
export async function installPlatform(
  cluster: Cluster,
  name: ClusterName,
  components: readonly string[],
): Promise<void> {
  const folders = ['namespaces', ...components].map((component) => `platform/${component}/`);
  await install(
    cluster,
    layersOf(name, ({ path }) => folders.some((folder) => path.startsWith(folder))),
  );
}

/** Installs the rendered metrics-server, runs a real one at each of its pods, and waits for figures. */
export async function runMetricsServer(cluster: Cluster, name: ClusterName): Promise<void> {
  await installPlatform(cluster, name, ['metrics-server']);
  await waitFor('metrics-server to have its pods', async () => {
    const wanted = await cluster.kubectl([
      'get',
      'deployment',
      'metrics-server',
      '--namespace=kube-system',
      '--output=jsonpath={.spec.replicas}',
    ]);
    return (await runningPodsOf(cluster, 'kube-system', 'metrics-server')).length === Number(wanted);
  });
  const pods = await runningPodsOf(cluster, 'kube-system', 'metrics-server');
  await Promise.all(pods.map((pod) => startMetricsServer(cluster, pod)));
  await waitFor('the APIService to be available', async () => {
    const [service] = await cluster.get<V1APIService>('apiservice', 'v1beta1.metrics.k8s.io');
    return service?.status?.conditions?.some(({ type, status }) => type === 'Available' && status === 'True');
  });
}

/** Installs the rendered Argo Rollouts and runs a real controller for it. */
export async function runRollouts(cluster: Cluster, name: ClusterName): Promise<void> {
  await installPlatform(cluster, name, ['argo-rollouts']);
  await startRollouts(cluster, await podOf(cluster, 'argo-rollouts', 'argo-rollouts'));
}
