import type { KubernetesVersion } from './versions.js';

/**
 * Schemas and CRDs made from pinned upstream releases (tools/upstream/, lock.json). They are large: loaded when first asked for.
 */

/** JSON Schemas (draft-07) of kinds of objects; a field that a schema does not list is refused. */
export interface ValidationSchema {
  readonly definitions: Readonly<Record<string, object>>;
  /** Reference into `definitions`, by apiVersion and kind: `apps/v1/Deployment`, `v1/Service`. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** A CustomResourceDefinition, ready to be applied. */
export interface CustomResourceDefinition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: object;
}

/** The built-in kinds that we render, as a Kubernetes minor decodes them. */
export async function kubernetesSchema(kubernetes: KubernetesVersion): Promise<ValidationSchema> {
  switch (kubernetes) {
    case '1.33':
      return (await import('./upstream/kubernetes-1.33.schema.json')).default;
    case '1.34':
      return (await import('./upstream/kubernetes-1.34.schema.json')).default;
    case '1.35':
      return (await import('./upstream/kubernetes-1.35.schema.json')).default;
  }
}

/** Rollout, AnalysisTemplate, Application and AppProject, from the CRDs of Argo Rollouts and Argo CD. */
export async function argoprojSchema(): Promise<ValidationSchema> {
  return (await import('./upstream/argoproj.schema.json')).default;
}

/** eksctl's own JSON Schema of a ClusterConfig. */
export async function eksctlSchema(): Promise<object> {
  return (await import('./upstream/eksctl-clusterconfig.schema.json')).default;
}
