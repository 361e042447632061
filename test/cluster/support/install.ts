import { apply } from '../rig/apply.js';
import type { Cluster } from '../rig/cluster.js';
import { renderedFiles } from './dist.js';
import type { ClusterName, RenderedFile } from './dist.js';

/** Rendered files in the order in which they can be applied. */
export interface Layers {
  readonly crds: readonly RenderedFile[];
  readonly namespaces: readonly RenderedFile[];
  /** By kind as Argo CD's sync orders them, so that a ServiceAccount is there before its pods. */
  readonly rest: readonly RenderedFile[];
}

/** The kinds that Argo CD applies in this order, and before all others (gitops-engine, pkg/sync/sync_tasks.go at v3.5.3), as far as we render them. */
const KIND_ORDER = [
  ...['NetworkPolicy', 'ResourceQuota', 'PodDisruptionBudget', 'ServiceAccount', 'Secret', 'ConfigMap', 'StorageClass'],
  ...['PersistentVolumeClaim', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'Service', 'DaemonSet'],
  ...[
    'Deployment',
    'HorizontalPodAutoscaler',
    'StatefulSet',
    'Job',
    'CronJob',
    'IngressClass',
    'Ingress',
    'APIService',
  ],
];

/** The rendered files of a cluster, or those that `wanted` picks. */
export function layersOf(name: ClusterName, wanted: (file: RenderedFile) => boolean = () => true): Layers {
  return layered(renderedFiles(name).filter(wanted));
}

/** Rendered files, in the order in which they can be applied. */
export function layered(files: readonly RenderedFile[]): Layers {
  const ofKind = (kind: string): RenderedFile[] => files.filter(({ object }) => object.kind === kind);
  const [crds, namespaces] = [ofKind('CustomResourceDefinition'), ofKind('Namespace')];
  // What is not listed (custom resources) comes last.
  const rank = ({ object: { kind } }: RenderedFile): number =>
    KIND_ORDER.includes(kind) ? KIND_ORDER.indexOf(kind) : KIND_ORDER.length;
  const rest = files.filter((file) => !crds.includes(file) && !namespaces.includes(file));
  return { crds, namespaces, rest: rest.toSorted((a, b) => rank(a) - rank(b)) };
}

/** Applies rendered files as they are committed, CRDs and namespaces first, and returns the API server's warnings. */
export async function install(cluster: Cluster, layers: Layers): Promise<string[]> {
  const warnings: string[] = [];
  for (const files of [[...layers.crds, ...layers.namespaces], layers.rest]) {
    if (files.length === 0) continue;
    warnings.push(...(await apply(cluster, { paths: files.map(({ file }) => file) })));
    await cluster.crdsServed();
  }
  return warnings;
}
