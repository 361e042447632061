import type { Position } from './diagnostic.js';

/** A field's path: `scale.min`, or its parts where a key holds a dot (`['files', '/etc/app.yaml']`). */
export type FieldPath = string | readonly (string | number)[];

/** A value that people wrote, and where they wrote each part of it: a base and its overrides may stand in different places. */
export interface Located<T> {
  readonly value: T;
  /** Position of the value at `path`, or of the nearest written field above it: always somewhere to point at. */
  at(path: FieldPath): Position;
  /** Position of the key at `path` (what an unknown or duplicate entry is about), or the nearest written one above. */
  atKey(path: FieldPath): Position;
  /** Position of the value at `path` if it was written itself; undefined where it is left out. */
  written(path: FieldPath): Position | undefined;
}

/** The parts of a path, numbers as decimal strings. */
export function pathParts(path: FieldPath): string[] {
  return typeof path === 'string' ? (path === '' ? [] : path.split('.')) : path.map(String);
}
