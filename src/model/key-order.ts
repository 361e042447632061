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
  // A loop of its own: every field of every object passes here, and entries made and sorted as pairs take three times as long.
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) ordered[key] = sorted((value as Readonly<Record<string, unknown>>)[key]);
  return ordered as T;
}
