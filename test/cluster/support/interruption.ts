import type { V1Node, V1Pod, V1PodDisruptionBudget } from '@kubernetes/client-node';

import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';
import { renderApp } from './apps.js';
import type { AppObject } from './apps.js';
import { runningPodsOf } from './pods.js';

/** The name that the Node Termination Handler is rendered with, its DaemonSet and its taints too. */
export const HANDLER = 'aws-node-termination-handler';

/** An app that lives on Spot, in namespace `interruption`; seven of its pods fit on a node. */
export async function burstApp(name: string, pods: number): Promise<AppObject[]> {
  return renderApp(`
name: ${name}
namespace: interruption
image: example.com/${name}:1.0.0
port: 8080
health: {readiness: /healthz, readyAfter: 3s}
capacity: prefer-spot
resources: {cpu: 500m, memory: 64Mi}
scale: {min: ${pods}, max: ${pods}}
clusters: {prod: {}}
`);
}

/** The node of that name, as it is now. */
export async function nodeNamed(cluster: Cluster, name: string): Promise<V1Node> {
  const [found] = await cluster.get<V1Node>('node', name);
  if (found === undefined) throw new Error(`no node ${name}`);
  return found;
}

/** Whether a pod is on that node. */
export function on(nodeName: string): (pod: V1Pod) => boolean {
  return (pod) => pod.spec?.nodeName === nodeName;
}

/** Whether it has been told to go. */
export function isLeaving(pod: V1Pod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined;
}

/** The pod of the handler that watches that node. */
export async function handlerOn(cluster: Cluster, nodeName: string): Promise<V1Pod> {
  return waitFor(`the handler's pod on ${nodeName}`, async () =>
    (await runningPodsOf(cluster, 'kube-system', HANDLER)).find(on(nodeName)),
  );
}

/** What a PodDisruptionBudget says now. */
export interface Budget {
  readonly current: number;
  readonly desired: number;
}

/** How many pods of an app are healthy, and how many its budget wants. */
export async function budgetOf(cluster: Cluster, app: string): Promise<Budget | undefined> {
  const [budget] = await cluster.get<V1PodDisruptionBudget>('poddisruptionbudget', app, '--namespace=interruption');
  const { currentHealthy: current, desiredHealthy: desired } = budget?.status ?? {};
  return current === undefined || desired === undefined ? undefined : { current, desired };
}
