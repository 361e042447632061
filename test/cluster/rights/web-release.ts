import type { KubernetesObject, V1ReplicaSet } from '@kubernetes/client-node';

import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';
import { renderApp } from '../support/apps.js';
import type { AppObject } from '../support/apps.js';

const NAMESPACE = '--namespace=rights';

/** A live Rollout, as far as these tests look at it. */
export interface Rollout extends KubernetesObject {
  readonly status?: { readonly phase?: string; readonly currentPodHash?: string; readonly stableRS?: string };
}

/**
 * The Rollout `web` of namespace `rights` in that version: four pods, and an analysis by Job after the first half. It keeps no
 * ReplicaSet and no analysis that is over, where ours keep some, so that a test sees them being deleted.
 * @param stuck the pod of the Job finds no node, so the analysis does not end by itself
 */
export async function webRelease(version: string, { stuck = false } = {}): Promise<AppObject[]> {
  const objects = await renderApp(`
name: web
namespace: rights
image: example.com/web:${version}
port: 8080
health: /healthz
resources: {cpu: 100m, memory: 64Mi}
scale: {min: 4, max: 4}
release: {canary: [50%, 1s], analysis: {job: {path: /healthz}}}
clusters: {prod: {}}
`);
  const analysis = { successfulRunHistoryLimit: 0, unsuccessfulRunHistoryLimit: 0 };
  return objects.map((object) => {
    if (object.kind === 'Rollout')
      return { ...object, spec: { ...(object['spec'] as object), revisionHistoryLimit: 0, analysis } };
    return object.kind === 'AnalysisTemplate' && stuck ? withoutANode(object) : object;
  });
}

function withoutANode(object: AppObject): AppObject {
  const text = JSON.stringify(object);
  const stuck = text.replace('"restartPolicy"', '"nodeSelector":{"no":"where"},"restartPolicy"');
  if (stuck === text) throw new Error('the analysis has no pod template');
  return JSON.parse(stuck) as AppObject;
}

/** The live Rollout. */
export async function rollout(cluster: Cluster): Promise<Rollout> {
  const [found] = await cluster.get<Rollout>('rollout', 'web', NAMESPACE);
  return found ?? {};
}

/** Its ReplicaSets. */
export function replicaSets(cluster: Cluster): Promise<V1ReplicaSet[]> {
  return cluster.get<V1ReplicaSet>('replicasets', NAMESPACE, '--selector=app.kubernetes.io/name=web');
}

/** Waits until that version is what all pods run, and no release is going on. */
export async function stable(cluster: Cluster, version: string): Promise<void> {
  await waitFor(
    `version ${version} to be the stable one`,
    async () => {
      const { status = {} } = await rollout(cluster);
      const [first, ...others] = (await replicaSets(cluster)).filter(({ spec }) => (spec?.replicas ?? 0) > 0);
      const image = first?.spec?.template?.spec?.containers[0]?.image ?? '';
      const isOver = status.phase === 'Healthy' && status.currentPodHash === status.stableRS && others.length === 0;
      return isOver && image.endsWith(`:${version}`);
    },
    { timeoutMs: 60_000 },
  );
}

/** What `kubectl argo rollouts abort web` does. */
export async function abort(cluster: Cluster): Promise<void> {
  await patch(cluster, { status: { abort: true } }, ['--subresource=status']);
}

/** What `kubectl argo rollouts restart web` does. */
export async function restart(cluster: Cluster): Promise<void> {
  // The controller compares whole seconds and leaves alone a pod that is as young as the wish.
  const restartAt = new Date(Date.now() + 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
  await patch(cluster, { spec: { restartAt } });
}

async function patch(cluster: Cluster, content: object, args: readonly string[] = []): Promise<void> {
  const merge = ['--type=merge', `--patch=${JSON.stringify(content)}`];
  await cluster.kubectl(['patch', 'rollout', 'web', NAMESPACE, ...merge, ...args]);
}
