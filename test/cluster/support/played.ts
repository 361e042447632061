import type { V1Ingress, V1Pod } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import type { Cluster } from '../rig/cluster.js';
import { startMetricsServer } from '../rig/metrics-server.js';
import { startRollouts } from '../rig/rollouts.js';
import { watch } from './watch.js';

/** The IngressClass that the chart of the AWS Load Balancer Controller brings. */
const ALB = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'alb' },
  spec: { controller: 'ingress.k8s.aws/alb' },
};

/** What goes on beside Argo CD, until it is ended. */
export interface PlayedPlatform {
  readonly end: () => Promise<void>;
}

/**
 * Does what kwok and a network without AWS cannot: as soon as Argo CD has brought a pod of metrics-server or of Argo
 * Rollouts, the real program starts in its place; and an Ingress of class `alb` is given an address, as the AWS Load Balancer
 * Controller would. Whatever else becomes healthy does so by itself.
 */
export async function playPlatform(cluster: Cluster): Promise<PlayedPlatform> {
  await apply(cluster, { objects: [ALB] });
  const started = new Set<string>();
  const look = async (): Promise<undefined> => {
    const running = (await cluster.get<V1Pod>('pods', '--all-namespaces')).filter(isRunning);
    for (const pod of running) {
      const [app, uid] = [pod.metadata?.labels?.['app.kubernetes.io/name'], pod.metadata?.uid ?? ''];
      if (started.has(uid) || (app !== 'metrics-server' && app !== 'argo-rollouts')) continue;
      started.add(uid);
      if (app === 'metrics-server') await startMetricsServer(cluster, pod);
      // Of two, one leads and the other waits; they would also meet on their ports.
      else if (!started.has(app)) await startRollouts(cluster, pod);
      started.add(app);
    }
    for (const ingress of await cluster.get<V1Ingress>('ingresses', '--all-namespaces'))
      await giveAddress(cluster, ingress);
  };
  const watching = watch(look, 500);
  return {
    end: async () => {
      await watching.end();
    },
  };
}

function isRunning(pod: V1Pod): boolean {
  return pod.status?.phase === 'Running' && pod.metadata?.deletionTimestamp === undefined;
}

async function giveAddress(cluster: Cluster, { metadata, spec, status }: V1Ingress): Promise<void> {
  if (spec?.ingressClassName !== 'alb' || status?.loadBalancer?.ingress !== undefined) return;
  const hostname = `k8s-${metadata?.name ?? ''}-0123456789.us-east-1.elb.amazonaws.com`;
  await cluster.kubectl([
    'patch',
    'ingress',
    metadata?.name ?? '',
    `--namespace=${metadata?.namespace ?? ''}`,
    '--subresource=status',
    '--type=merge',
    `--patch=${JSON.stringify({ status: { loadBalancer: { ingress: [{ hostname }] } } })}`,
  ]);
}
