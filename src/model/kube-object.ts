/** A Kubernetes object as it stands in a file. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

/**
 * The part of a cluster that an object belongs to: one folder, one Argo CD Application.
 * `bootstrap` and `argocd` are the roots themselves; `apps-root` is what the Application `apps` reads.
 */
export type Owner =
  | { readonly kind: 'bootstrap' }
  | { readonly kind: 'argocd' }
  | { readonly kind: 'apps-root' }
  | { readonly kind: 'platform'; readonly component: PlatformComponent }
  | { readonly kind: 'app'; readonly app: string };

export const platformComponents = [
  'namespaces',
  'storage',
  'metrics-server',
  'cluster-autoscaler',
  'node-termination-handler',
  'argo-rollouts',
] as const;
export type PlatformComponent = (typeof platformComponents)[number];

/** A rendered object and whose it is. */
export interface OwnedObject {
  readonly owner: Owner;
  readonly object: KubeObject;
}
