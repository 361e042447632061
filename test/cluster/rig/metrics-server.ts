import type { V1Pod } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerOf, rigArguments } from './container.js';
import { ManagedProcess } from './process.js';
import { waitFor } from './wait.js';

/**
 * Runs the real metrics-server where its pod is: at the pod's address and port, under its service account, with its
 * rendered flags. Service and APIService then reach it as they are. Flags that the rig changes stand below.
 * @param pod a Running pod of the rendered Deployment
 */
export async function startMetricsServer(cluster: Cluster, pod: V1Pod): Promise<ManagedProcess> {
  const { site } = cluster;
  const { metadata, spec, status } = pod;
  const kubeconfig = await cluster.serviceAccountKubeconfig(metadata?.namespace ?? '', spec?.serviceAccountName ?? '');
  const name = `metrics-server-${metadata?.name?.split('-').at(-1) ?? ''}`;
  const server = cluster.adopt(
    new ManagedProcess({
      name,
      command: site.file('metrics-server'),
      logFile: site.logFile(name),
      args: rigArguments(containerOf(pod).args ?? [], {
        without: ['cert-dir'],
        plus: {
          // In a pod all three are the mounted token.
          kubeconfig,
          'authentication-kubeconfig': kubeconfig,
          'authorization-kubeconfig': kubeconfig,
          'bind-address': status?.podIP ?? '',
          'tls-cert-file': site.pki.serving.cert,
          'tls-private-key-file': site.pki.serving.key,
          // kwok's certificate is of the rig's own making.
          'kubelet-insecure-tls': 'true',
          // 10 s is the smallest; it must be above the request timeout, or metrics-server panics.
          'metric-resolution': '10s',
          'kubelet-request-timeout': '5s',
        },
      }),
    }),
  );
  return server;
}

/** Waits until `kubectl top` would answer for the nodes: the APIService is available and two scrapes have been made. */
export async function metricsArrive(cluster: Cluster): Promise<void> {
  await waitFor(
    'node metrics through the APIService',
    async () => {
      const { status, stdout, stderr } = await cluster.tryKubectl([
        'get',
        '--raw',
        '/apis/metrics.k8s.io/v1beta1/nodes',
      ]);
      if (status !== 0) throw new Error(stderr.trim());
      return (JSON.parse(stdout) as { items: unknown[] }).items.length > 0;
    },
    { timeoutMs: 60_000, intervalMs: 500 },
  );
}
