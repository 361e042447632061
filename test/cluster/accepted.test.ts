import { describe, expect, test } from '@jest/globals';
import type { CoreV1Event, V1Deployment, V1Job, V1Namespace } from '@kubernetes/client-node';

import { apply, diff } from './rig/apply.js';
import type { Cluster } from './rig/cluster.js';
import { startRollouts } from './rig/rollouts.js';
import { waitFor } from './rig/wait.js';
import { useCluster } from './support/cluster.js';
import { kustomizedBootstrap } from './support/bootstrap.js';
import { CLUSTERS, distFolder } from './support/dist.js';
import type { RenderedFile } from './support/dist.js';
import { install, layersOf } from './support/install.js';
import { nodesOfGroups } from './support/node-groups.js';
import { podOf } from './support/pods.js';
import { unexpected } from './support/warnings.js';

describe.each(CLUSTERS)('everything that is rendered for %s', (name) => {
  const cluster = useCluster({ name: `accepted-${name}`, nodes: nodesOfGroups(name, { base: 3, burst: 1 }) });
  const layers = layersOf(name, ({ path }) => !path.startsWith('bootstrap/'));
  const paths = (files: readonly RenderedFile[]) => ({ paths: files.map(({ file }) => file) });

  test("Argo CD's release takes the bootstrap's patches, and the API server takes the result", async () => {
    const objects = await kustomizedBootstrap(cluster(), distFolder(name));
    const first = objects.filter(({ kind }) => ['CustomResourceDefinition', 'Namespace'].includes(kind));
    expect(await apply(cluster(), { objects: first }, { serverSide: true })).toEqual([]);
    await cluster().crdsServed();
    const rest = { objects: objects.filter((object) => !first.includes(object)) };
    expect(await apply(cluster(), rest, { serverSide: true })).toEqual([]);
    expect(await diff(cluster(), rest, { serverSide: true })).toBe('');
  });

  test('only AppProjects carry the finalizer that the API server warns of', () => {
    const bare = layers.rest.filter(({ object }) =>
      object.metadata.finalizers?.includes('resources-finalizer.argocd.argoproj.io'),
    );
    expect(bare.map(({ object }) => object.kind).filter((kind) => kind !== 'AppProject')).toEqual([]);
  });

  test('each object passes a server-side dry run, strictly and without a warning, once CRDs and namespaces are there', async () => {
    expect(await install(cluster(), { ...layers, rest: [] })).toEqual([]);
    expect(unexpected(await apply(cluster(), paths(layers.rest), { dryRun: true }))).toEqual([]);
  });

  test('it applies, and a second apply would change nothing', async () => {
    expect(unexpected(await install(cluster(), layers))).toEqual([]);
    expect(await diff(cluster(), paths([...layers.crds, ...layers.namespaces, ...layers.rest]))).toBe('');
  });

  test('every workload reaches its pods: none fails to be created, none stays pending', async () => {
    await startRollouts(cluster(), await podOf(cluster(), 'argo-rollouts', 'argo-rollouts'));
    for (const workload of layers.rest.filter(({ object }) => ['Deployment', 'Rollout'].includes(object.kind)))
      await waitFor(`${workload.path} to be available`, () => isAvailable(cluster(), workload.object), {
        timeoutMs: 60_000,
      });
    const failed = (await cluster().get<CoreV1Event>('events', '--all-namespaces')).filter(
      ({ reason }) => reason === 'FailedCreate',
    );
    expect(failed.map(({ message }) => message)).toEqual([]);
  });

  test('a run of the cron job reaches its pod', async () => {
    await cluster().kubectl(['create', 'job', 'by-hand', '--from=cronjob/storefront-check', '--namespace=boutique']);
    await waitFor('the job to complete', async () => {
      const [job] = await cluster().get<V1Job>('job', 'by-hand', '--namespace=boutique');
      return job?.status?.succeeded === 1;
    });
  });

  test('app namespaces enforce, audit and warn about `restricted`; those of AWS and Kubernetes do not', async () => {
    const namespaces = await cluster().get<V1Namespace>('namespaces');
    const levels = (namespace: V1Namespace) =>
      ['enforce', 'audit', 'warn'].map((mode) => namespace.metadata?.labels?.[`pod-security.kubernetes.io/${mode}`]);
    const restricted = namespaces
      .filter((it) => levels(it).every((level) => level === 'restricted'))
      .map((it) => it.metadata?.name);
    const unrestricted = namespaces
      .filter((it) => levels(it).every((level) => level === undefined))
      .map((it) => it.metadata?.name);
    expect(restricted).toEqual(expect.arrayContaining(['argo-rollouts', 'argocd', 'boutique', 'podinfo']));
    expect(unrestricted).toEqual(expect.arrayContaining(['kube-system']));
  });
});

/** Whether a Deployment or Rollout has all its pods, of its newest template, available. */
async function isAvailable(
  cluster: Cluster,
  { kind, metadata }: { kind: string; metadata: { name: string; namespace?: string } },
): Promise<boolean> {
  const [live] = await cluster.get<V1Deployment>(kind, metadata.name, `--namespace=${metadata.namespace ?? 'default'}`);
  const wanted = live?.spec?.replicas ?? 1;
  return live?.status?.availableReplicas === wanted && live.status.updatedReplicas === wanted;
}
