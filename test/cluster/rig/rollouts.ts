import type { V1Pod } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerOf, rigArguments } from './container.js';
import { ManagedProcess } from './process.js';

/** Runs the real Argo Rollouts controller under its service account, with its rendered flags. */
export async function startRollouts(cluster: Cluster, pod: V1Pod): Promise<ManagedProcess> {
  const { site } = cluster;
  const namespace = pod.metadata?.namespace ?? '';
  const kubeconfig = await cluster.serviceAccountKubeconfig(namespace, pod.spec?.serviceAccountName ?? '');
  return cluster.adopt(
    new ManagedProcess({
      name: 'rollouts-controller',
      command: site.file('rollouts-controller'),
      logFile: site.logFile('rollouts-controller'),
      args: rigArguments(containerOf(pod).args ?? [], {
        plus: {
          kubeconfig,
          // In a pod the controller's own namespace is mounted.
          namespace,
          // Both listen on every address, and several clusters may run side by side.
          metricsPort: String(site.slot.port(10)),
          healthzPort: String(site.slot.port(11)),
        },
      }),
    }),
  );
}
