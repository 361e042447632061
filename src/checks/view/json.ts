/** A JSON map whose values nobody has looked at yet. */
export type JsonMap = Readonly<Record<string, unknown>>;

const none: JsonMap = {};

/** The value as a map; an empty one where it is anything else. */
export function map(value: unknown): JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : none;
}

/** The value as a list; an empty one where it is anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The maps of a list. */
export function maps(value: unknown): readonly JsonMap[] {
  return list(value).map(map);
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The strings of a list. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** The strings of a map, such as labels. */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(map(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

/** The value at a path of map keys, undefined where a step is missing. */
export function dig(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) current = map(current)[key];
  return current;
}

/** A value in words: a number or text as it is, anything else as JSON. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
