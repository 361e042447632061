import { argoCdReplicas, argoCdWorkloads } from '../../src/model/argocd-workloads.js';
import type { KubeObject } from '../../src/model/kube-object.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { argoCdParameters, argoCdSettings } from './argocd-settings.js';
import { placementPatch, requestsPatch } from './argocd-workloads.js';
import { argoCdNamespace } from './names.js';

/**
 * The kustomization that is Argo CD: upstream's release by its tag, the other objects of this folder, and what we change in upstream's.
 *
 * The plain installation, in production too, with two copies of what scales. Upstream's other one wants three on-demand nodes
 * (hard anti-affinity of its three redis and three haproxy pods) for a cache that Argo CD fills again by itself; and while Argo CD is
 * away nothing stops but delivery.
 */
export function argoCdKustomization(cluster: ResolvedCluster, siblings: readonly KubeObject[]): KubeObject {
  const { version } = cluster.components.argoCd;
  const replicas = argoCdWorkloads
    .map((workload) => ({ name: workload.name, count: argoCdReplicas(workload, cluster.production) }))
    .filter(({ count }) => count > 1);
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    metadata: { name: 'argocd' },
    namespace: argoCdNamespace,
    resources: [
      `https://raw.githubusercontent.com/argoproj/argo-cd/${version}/manifests/install.yaml`,
      ...siblings.map(fileName).sort(),
    ],
    configMapGenerator: [merged('argocd-cm', argoCdSettings), merged('argocd-cmd-params-cm', argoCdParameters)],
    // The processes ask for these ConfigMaps by name.
    generatorOptions: { disableNameSuffixHash: true },
    ...(replicas.length > 0 && { replicas }),
    patches: [
      placementPatch('Deployment'),
      placementPatch('StatefulSet'),
      ...argoCdWorkloads.map((workload) => requestsPatch(workload)),
    ],
  };
}

/** Keys that are added to a ConfigMap of upstream's; its other keys stay. */
function merged(name: string, data: Readonly<Record<string, string>>): Record<string, unknown> {
  return { name, behavior: 'merge', literals: Object.entries(data).map(([key, value]) => `${key}=${value}`) };
}

/** Name of a sibling's file. Layout gives it; a test holds the two together. */
function fileName({ kind, metadata }: KubeObject): string {
  return `${metadata.namespace === undefined ? '' : `${metadata.namespace}.`}${kind}-${metadata.name}.yaml`;
}
