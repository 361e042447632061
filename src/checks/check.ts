import type { Position, Severity } from '../diagnostic/diagnostic.js';
import type { OwnedObject } from '../model/kube-object.js';
import type { ResolvedCluster } from '../model/resolved.js';
import type { Schemas } from './schema.js';
import type { ClusterView } from './view/cluster-view.js';

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

/** One violation. */
export interface Finding {
  /** What is wrong, with names and numbers, without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** The line that a person wrote and can change. */
  readonly at: Position;
  /** The app whose spec may silence it; left out where only the cluster's may. */
  readonly app?: string;
}

/** An invariant across objects. Its id is the code of its diagnostics and what `silence:` names. */
export interface Check {
  readonly id: string;
  /** The invariant in a few words: what holds when the check is silent. */
  readonly title: string;
  /** What goes wrong in a cluster where it does not hold. */
  readonly why: string;
  readonly severity: Severity;
  /** True where what is rendered makes no sense without it: then no `silence:` is accepted. */
  readonly essential?: true;
  run(view: ClusterView): Iterable<Finding>;
}
