import type { KubeObject } from './kube-object.js';

/**
 * The object with its maps in one order: apiVersion, kind and metadata first, all else by name. Lists stay as they are. Whoever makes
 * or changes an object ends with this, so that the bytes do not tell in which order its fields were set.
 */
export function inKeyOrder(object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  return { apiVersion, kind, metadata: sorted(metadata), ...sorted(rest) };
}

function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part as unknown)])) as T;
}
