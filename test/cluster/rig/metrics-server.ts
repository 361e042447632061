import { request } from 'node:https';

import type { V1Pod } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerOf, rigArguments } from './container.js';
import { ManagedProcess } from './process.js';
import { waitFor } from './wait.js';

/**
 * Runs the real metrics-server where its pod is: at the pod's address and port, under its service account, with its
 * rendered flags, and waits until it is ready. Service and APIService then reach it as they are.
 * @param pod a Running pod of the rendered Deployment
 */
export async function startMetricsServer(cluster: Cluster, pod: V1Pod): Promise<ManagedProcess> {
  const server = await launchMetricsServer(cluster, pod);
  await waitFor(
    `${server.name} to be ready`,
    () => {
      server.mustRun();
      return isReady(pod);
    },
    { timeoutMs: 60_000, intervalMs: 250 },
  );
  return server;
}

/** The same without the wait. Flags that the rig changes stand here. */
export async function launchMetricsServer(cluster: Cluster, pod: V1Pod): Promise<ManagedProcess> {
  const { site } = cluster;
  const { metadata, spec, status } = pod;
  const kubeconfig = await cluster.serviceAccountKubeconfig(metadata?.namespace ?? '', spec?.serviceAccountName ?? '');
  const name = `metrics-server-${metadata?.name?.split('-').at(-1) ?? ''}`;
  return cluster.adopt(
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
}

/** Whether it has figures to give: its rendered readiness probe, which the kubelet would ask. */
async function isReady(pod: V1Pod): Promise<boolean> {
  const { path = '/', port } = containerOf(pod).readinessProbe?.httpGet ?? {};
  const number = containerOf(pod).ports?.find(({ name }) => name === port)?.containerPort ?? Number(port);
  return (await insecureStatus(pod.status?.podIP ?? '', number, path)) === 200;
}

/** The status of GET https://host:port/path whatever the certificate says. */
function insecureStatus(host: string, port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const req = request({ host, port, path, rejectUnauthorized: false, agent: false, timeout: 2_000 }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    req.on('timeout', () => req.destroy(new Error('no answer in 2 s')));
    req.on('error', reject);
    req.end();
  });
}
