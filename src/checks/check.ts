import type { Position, Severity } from '../diagnostic/diagnostic.js';
import type { ClusterView } from './view/cluster-view.js';

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
