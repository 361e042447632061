import type { ExplainedField, Provenance } from './origin.js';

/**
 * A part of a field that is explained as a whole: an entry of a map (`env.LOG_LEVEL`, `podAnnotations.example.com/team`) or of a list
 * (`volumes[0].path`, `volumes.0.path`). Undefined where the field, or the part of it, is not there.
 */
export function explainPart(provenance: Provenance, wanted: string): ExplainedField | undefined {
  const field = provenance.fields
    .filter(({ path }) => wanted.startsWith(`${path}.`) || wanted.startsWith(`${path}[`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (field === undefined) return undefined;
  const part = partOf(field.value, wanted.slice(field.path.length));
  if (part === undefined) return undefined;
  const at = field.origin.kind === 'written' ? provenance.written([...field.path.split('.'), ...part.keys]) : undefined;
  return { path: wanted, value: part.value, origin: at === undefined ? field.origin : { kind: 'written', at } };
}

interface Part {
  readonly value: unknown;
  readonly keys: readonly (string | number)[];
}

/** What lies at the rest of a path. Keys may hold dots themselves, so the longest that fits is tried first. */
function partOf(value: unknown, rest: string): Part | undefined {
  if (rest === '') return value === undefined ? undefined : { value, keys: [] };
  if (typeof value !== 'object' || value === null) return undefined;
  const keys: readonly (string | number)[] = Array.isArray(value)
    ? value.map((_, i) => i)
    : Object.keys(value).toSorted((a, b) => b.length - a.length);
  for (const key of keys) {
    const step = [`.${key}`, `[${key}]`].find(
      (text) => rest.startsWith(text) && /^(?:[.[]|$)/.test(rest.slice(text.length)),
    );
    if (step === undefined) continue;
    const below = partOf((value as Readonly<Record<string | number, unknown>>)[key], rest.slice(step.length));
    if (below !== undefined) return { value: below.value, keys: [key, ...below.keys] };
  }
  return undefined;
}
