import type { V1CustomResourceDefinition } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';
import { renderedFiles } from './dist.js';
import type { ClusterName, RenderedFile } from './dist.js';

/** What Argo CD's waves order too: what others need comes first. */
export interface Layers {
  readonly crds: readonly RenderedFile[];
  readonly namespaces: readonly RenderedFile[];
  readonly rest: readonly RenderedFile[];
}

/** The rendered files of a cluster, or those that `wanted` picks, in the order in which they can be applied. */
export function layersOf(name: ClusterName, wanted: (file: RenderedFile) => boolean = () => true): Layers {
  const files = renderedFiles(name).filter(wanted);
  const crds = files.filter(({ object }) => object.kind === 'CustomResourceDefinition');
  const namespaces = files.filter(({ object }) => object.kind === 'Namespace');
  return { crds, namespaces, rest: files.filter((file) => !crds.includes(file) && !namespaces.includes(file)) };
}

/** Applies rendered files as they are committed, CRDs and namespaces first, and returns the API server's warnings. */
export async function install(cluster: Cluster, layers: Layers): Promise<string[]> {
  const warnings: string[] = [];
  for (const files of [[...layers.crds, ...layers.namespaces], layers.rest]) {
    if (files.length === 0) continue;
    warnings.push(...(await apply(cluster, { paths: files.map(({ file }) => file) })));
    await crdsEstablished(cluster);
  }
  return warnings;
}

/** Waits until every CustomResourceDefinition is served; `kubectl wait` fails on one that has no status yet. */
export async function crdsEstablished(cluster: Cluster): Promise<void> {
  await waitFor('every CRD to be established', async () => {
    const crds = await cluster.get<V1CustomResourceDefinition>('customresourcedefinitions');
    return crds.every((crd) => crd.status?.conditions?.some((it) => it.type === 'Established' && it.status === 'True'));
  });
}
