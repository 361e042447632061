import { pathParts, type Located } from '../../diagnostic/located.js';
import type { PositionTree } from '../read/positions.js';
import { keyPositionAt, positionAt, writtenAt } from './path.js';

/** A parsed value with the positions that reading and merging kept. */
export function located<T>(value: T, positions: PositionTree): Located<T> {
  return {
    value,
    at: (path) => positionAt(positions, pathParts(path)),
    atKey: (path) => keyPositionAt(positions, pathParts(path)),
    written: (path) => writtenAt(positions, pathParts(path)),
  };
}
