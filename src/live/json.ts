/**
 * Reads objects of an API server: any field may be missing, and one of another type is taken for missing, too. What controllers of other
 * versions write must not end a command that only looks.
 */
export type LiveObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is LiveObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value below these keys. */
export function valueAt(object: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), object);
}

/** The text below these keys; an empty one is none. */
export function textAt(object: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(object, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The number below these keys, or 0: Kubernetes leaves zeroes out. */
export function numberAt(object: unknown, ...path: readonly string[]): number {
  const value = valueAt(object, ...path);
  return typeof value === 'number' ? value : 0;
}

/** The objects of the list below these keys. */
export function listAt(object: unknown, ...path: readonly string[]): readonly LiveObject[] {
  const value = valueAt(object, ...path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The objects of what `kubectl get --output json` printed: those of a List, or the one. None where it printed nothing. */
export function parseObjects(text: string): readonly LiveObject[] {
  if (text.trim() === '') return [];
  const parsed: unknown = JSON.parse(text);
  if (!isObject(parsed)) return [];
  return Array.isArray(parsed['items']) ? listAt(parsed, 'items') : [parsed];
}
