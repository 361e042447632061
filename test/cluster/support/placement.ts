import type { V1Node, V1Pod } from '@kubernetes/client-node';

import { apply, remove } from '../rig/apply.js';
import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';
import { renderApp } from './apps.js';
import { podsOf } from './pods.js';

/** Where the pods of an app are. */
export interface Placement {
  readonly onDemand: number;
  readonly spot: number;
  readonly pending: number;
}

/** The scheduling half of a pod template, for tests that change it. */
export interface PodSpec {
  affinity?: Record<string, unknown>;
  tolerations?: object[];
  topologySpreadConstraints?: object[];
}

interface Deployment {
  readonly kind: 'Deployment';
  readonly metadata: { readonly name: string };
  readonly spec: { replicas?: number; template: { spec: PodSpec } };
}

/** An app of that class as it is rendered, without its HPA: the number of its pods is the test's. */
export async function deployment(name: string, capacity: string, replicas: number): Promise<object[]> {
  const spec = {
    name,
    namespace: 'placement',
    image: 'example.com/app:1.0.0',
    port: 8080,
    capacity,
    resources: { cpu: '500m', memory: '64Mi' },
    scale: { min: 2, max: 20, cpu: '60%' },
    clusters: { prod: {} },
  };
  const objects = (await renderApp(JSON.stringify(spec))).filter(({ kind }) =>
    ['Namespace', 'ServiceAccount', 'Deployment'].includes(kind),
  );
  const plain = JSON.parse(JSON.stringify(objects)) as object[];
  for (const object of plain) if (isDeployment(object)) object.spec.replicas = replicas;
  return plain;
}

function isDeployment(object: object): object is Deployment {
  return 'kind' in object && object.kind === 'Deployment';
}

/** The part of its Deployment that a test may change. */
export function podSpecOf(objects: readonly object[]): PodSpec {
  const spec = objects.find(isDeployment)?.spec.template.spec;
  if (spec === undefined) throw new Error('no Deployment among the objects');
  return spec;
}

/** Applies it and waits until the scheduler has decided on each of its pods. */
export async function place(cluster: Cluster, objects: readonly object[], count: number): Promise<Placement> {
  await apply(cluster, { objects });
  const name = objects.find(isDeployment)?.metadata.name ?? '';
  const lifecycles = new Map(
    (await cluster.get<V1Node>('nodes')).map((node) => [
      node.metadata?.name,
      node.metadata?.labels?.['node-lifecycle'],
    ]),
  );
  const pods = await waitFor(`the scheduler to decide on ${count} pods of ${name}`, async () => {
    const found = await podsOf(cluster, 'placement', name);
    return found.length === count && found.every(isDecided) && found;
  });
  const on = (lifecycle: string): number =>
    pods.filter((pod) => lifecycles.get(pod.spec?.nodeName) === lifecycle).length;
  return {
    onDemand: on('on-demand'),
    spot: on('spot'),
    pending: pods.filter((pod) => pod.spec?.nodeName === undefined).length,
  };
}

function isDecided(pod: V1Pod): boolean {
  return (
    pod.spec?.nodeName !== undefined || (pod.status?.conditions?.some((it) => it.reason === 'Unschedulable') ?? false)
  );
}

/**
 * Deletes its Deployments and waits until its pods are gone, which would hold room of the next case.
 * @param app whose pods; every app's when left out
 */
export async function takeAway(cluster: Cluster, objects: readonly object[], app?: string): Promise<void> {
  await remove(cluster, { objects: objects.filter(isDeployment) });
  const mine = app === undefined ? [] : [`--selector=app.kubernetes.io/name=${app}`];
  await waitFor(
    'its pods to be gone',
    async () => (await cluster.get<V1Pod>('pods', '--namespace=placement', ...mine)).length === 0,
  );
}
