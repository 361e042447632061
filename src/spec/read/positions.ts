import type { Position } from '../../diagnostic/diagnostic.js';

/** Where a value and everything in it was written. It has the shape of the value: children by key, or by index in decimal. */
export interface PositionTree {
  readonly at: Position;
  /** The key that the value stands under; absent for a list's items and for the top of a file. */
  readonly key?: Position;
  readonly children: ReadonlyMap<string, PositionTree>;
  /** Said to be wrong when it was read: nothing more is said about it. */
  readonly refused?: true;
  /** A `null` that takes a field away stands here: there is no value, but a place to point at. */
  readonly removed?: true;
}

/** A value together with where it was written. */
export interface Written {
  readonly value: unknown;
  readonly positions: PositionTree;
}

/** The first line's first column of a file: where to point when a file as a whole is meant. */
export function startOf(file: string): PositionTree {
  return { at: { file, line: 1, column: 1, length: 1 }, children: new Map() };
}
