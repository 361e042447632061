import type { PositionTree, Written } from '../read/positions.js';

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(map: Written, key: string): Written | undefined {
  const positions = map.positions.children.get(key);
  if (positions === undefined) return undefined;
  return { value: isMap(map.value) && Object.hasOwn(map.value, key) ? map.value[key] : undefined, positions };
}

function assemble(positions: PositionTree, entries: Iterable<readonly [string, Written]>): Written {
  const value: Record<string, unknown> = {};
  const children = new Map<string, PositionTree>();
  for (const [key, written] of entries) {
    children.set(key, written.positions);
    if (written.positions.removed !== true) value[key] = written.value;
  }
  return { value, positions: { ...positions, children } };
}

function childrenOf(map: Written): [string, Written][] {
  return [...map.positions.children.keys()].flatMap((key) => {
    const written = child(map, key);
    return written === undefined ? [] : [[key, written]];
  });
}

/** The value with every `null` of a map left out; lists are left as they are. A place to point at stays. */
export function withoutNulls(written: Written): Written {
  if (!isMap(written.value)) return written;
  return assemble(
    written.positions,
    childrenOf(written).map(([key, entry]) => {
      if (entry.value === null || entry.positions.removed === true)
        return [key, { value: undefined, positions: { ...entry.positions, removed: true } }];
      return [key, withoutNulls(entry)];
    }),
  );
}

/**
 * A base with overrides: maps merge, lists and scalars replace, `null` removes. Each position is that of the text that holds;
 * a map that both have is where the override has it. The top stays the base's.
 */
export function merge(base: Written, override: Written): Written {
  const merged = mergeMaps(withoutNulls(base), override);
  return { value: merged.value, positions: { ...base.positions, children: merged.positions.children } };
}

function mergeMaps(base: Written, override: Written): Written {
  const keys = new Set([...base.positions.children.keys(), ...override.positions.children.keys()]);
  return assemble(
    override.positions,
    [...keys].flatMap((key): (readonly [string, Written])[] => {
      const below = child(base, key);
      const above = child(override, key);
      if (above === undefined) return below === undefined ? [] : [[key, below]];
      if (above.value === null) return [[key, { value: undefined, positions: { ...above.positions, removed: true } }]];
      if (below !== undefined && isMap(below.value) && isMap(above.value)) return [[key, mergeMaps(below, above)]];
      return [[key, withoutNulls(above)]];
    }),
  );
}

/** The map without some of its fields. */
export function without(map: Written, ...fields: readonly string[]): Written {
  return assemble(
    map.positions,
    childrenOf(map).filter(([key]) => !fields.includes(key)),
  );
}
