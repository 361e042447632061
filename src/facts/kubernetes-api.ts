import api from './upstream/kubernetes-api.json';
import type { KubernetesVersion } from './versions.js';

/** Where objects of a kind live. */
export type KindScope = 'Namespaced' | 'Cluster';

const scopes = new Map(
  Object.entries(api).map(([kubernetes, { namespaced, cluster }]) => [
    kubernetes,
    new Map<string, KindScope>([
      ...namespaced.map((kind) => [kind, 'Namespaced'] as const),
      ...cluster.map((kind) => [kind, 'Cluster'] as const),
    ]),
  ]),
);

/**
 * Scope of a built-in kind on a Kubernetes minor, or undefined where that minor does not serve it by default.
 * `kind` is apiVersion and kind as in `apps/v1/Deployment` or `v1/Service`. Source: api/openapi-spec/v3 of k8s.io/kubernetes (lock.json),
 * GA versions only: alpha and beta ones are off on EKS.
 */
export function kindScope(kubernetes: KubernetesVersion, kind: string): KindScope | undefined {
  return scopes.get(kubernetes)?.get(kind);
}

/** Every built-in kind that a Kubernetes minor serves by default, in the same form. */
export function servedKinds(kubernetes: KubernetesVersion): readonly string[] {
  return [...(scopes.get(kubernetes)?.keys() ?? [])];
}
