import type { Position } from '../diagnostic/diagnostic.js';
import type { FieldPath } from '../diagnostic/located.js';

/** Where a resolved value came from: a line that a person wrote, or a default and the reason for it. */
export type Origin =
  { readonly kind: 'written'; readonly at: Position } | { readonly kind: 'default'; readonly why?: string };

/** One line of `explain`: a field, its value for one cluster, and where that came from. */
export interface ExplainedField {
  /** Dotted path in the spec's own words, such as `termination.gracePeriod`. */
  readonly path: string;
  readonly value: unknown;
  readonly origin: Origin;
}

/** Origins and positions of one resolved app or cluster. */
export interface Provenance {
  /** Every field that the model decided, in the order of the schema. */
  readonly fields: readonly ExplainedField[];
  /** Position of a field, or of the nearest written field above it: for diagnostics. */
  at(path: FieldPath): Position;
  /** The same for a field's key. */
  atKey(path: FieldPath): Position;
  /** Position of a field if it was written itself. */
  written(path: FieldPath): Position | undefined;
}
