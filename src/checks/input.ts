import type { ValidationSchema } from '../facts/schemas.js';
import type { OwnedObject } from '../model/kube-object.js';
import type { ResolvedCluster } from '../model/resolved.js';

/** Everything that is known of a cluster before anything is written. */
export interface CheckInput {
  readonly cluster: ResolvedCluster;
  /** Every rendered object of the cluster, patches applied, raw manifests included. */
  readonly objects: readonly OwnedObject[];
  /** The eksctl ClusterConfig, its patches applied. */
  readonly clusterConfig: Readonly<Record<string, unknown>>;
  /** JSON Schemas for what people patched or wrote themselves; without them the schema checks say nothing. */
  readonly schemas?: Schemas;
}

/** The schemas that a cluster's patched and hand-written objects are held against. */
export interface Schemas {
  readonly kubernetes: ValidationSchema;
  readonly argoproj: ValidationSchema;
  readonly eksctl: object;
}
