/** A map of a JSON document; throws where there is something else. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`no map: ${JSON.stringify(value)}`);
  return value as Record<string, unknown>;
}

/** A list of maps; nothing counts as an empty one. */
export function asMaps(value: unknown): Readonly<Record<string, unknown>>[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
  return value.map(asMap);
}

/** A list of texts; nothing counts as an empty one. */
export function asTexts(value: unknown): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
  return value.map(String);
}

/** A map of texts. */
export function asTextMap(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(asMap(value ?? {})).map(([key, inner]) => [key, String(inner)]));
}

/** A text, number or truth as text; throws where there is something else. */
export function asText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`no text: ${JSON.stringify(value)}`);
}

/** What stands after the last slash. */
export function lastPart(text: unknown): string {
  return String(text).split('/').at(-1) ?? '';
}
