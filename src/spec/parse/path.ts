import type { Position } from '../../diagnostic/diagnostic.js';
import type { PositionTree } from '../read/positions.js';

/** A path as a person would write it: `nodeGroups[0].max`, `files["/etc/app.yaml"]`. */
export function fieldName(path: readonly string[]): string {
  return path
    .map((part, index) => {
      if (/^\d+$/.test(part)) return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** The tree's nodes along a path, from the top to the last one that is there. */
function along(tree: PositionTree, path: readonly string[]): PositionTree[] {
  const nodes = [tree];
  for (const part of path) {
    const next = nodes.at(-1)?.children.get(part);
    if (next === undefined) break;
    nodes.push(next);
  }
  return nodes;
}

/** Position of the value at `path`; where it is left out, of the `null` that took it away or the nearest key above. */
export function positionAt(tree: PositionTree, path: readonly string[]): Position {
  const nodes = along(tree, path);
  const last = nodes.at(-1) ?? tree;
  return nodes.length === path.length + 1 ? last.at : (last.key ?? last.at);
}

/** Position of the key at `path`, or of the nearest one above; of a list's item, where it starts. */
export function keyPositionAt(tree: PositionTree, path: readonly string[]): Position {
  const last = along(tree, path).at(-1) ?? tree;
  return last.key ?? last.at;
}

/** Position of the value at `path` if there is one. */
export function writtenAt(tree: PositionTree, path: readonly string[]): Position | undefined {
  const nodes = along(tree, path);
  const last = nodes.at(-1);
  return nodes.length === path.length + 1 && last?.removed !== true ? last?.at : undefined;
}

/** Whether reading has already said that something on the way to `path` is wrong. */
export function isRefused(tree: PositionTree, path: readonly string[]): boolean {
  return along(tree, path).some(({ refused }) => refused === true);
}
