import type { JsonSchema } from './partial.js';

/** Below this many characters a reference is no shorter than what it refers to. */
const smallest = 300;

interface Split {
  /** What a place says about itself: its description, default and examples. */
  readonly annotations: Readonly<Record<string, unknown>>;
  /** What is valid there. */
  readonly rules: Readonly<Record<string, unknown>>;
}

function split(schema: Readonly<Record<string, unknown>>): Split {
  const entries = Object.entries(schema);
  const isAnnotation = ([keyword]: readonly [string, unknown]) =>
    ['description', 'default', 'examples'].includes(keyword);
  return {
    annotations: Object.fromEntries(entries.filter(isAnnotation)),
    rules: Object.fromEntries(entries.filter((entry) => !isAnnotation(entry))),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schemas directly below one, by a name for the step. */
function below(schema: Readonly<Record<string, unknown>>): [string, Readonly<Record<string, unknown>>][] {
  const { properties, additionalProperties, items, anyOf } = schema;
  const options: readonly unknown[] = Array.isArray(anyOf) ? anyOf : [];
  return [
    ...(isObject(properties) ? Object.entries(properties) : []),
    ...Object.entries({ any: additionalProperties, item: items }),
    ...options.map((option): [string, unknown] => ['', option]),
  ].filter((entry): entry is [string, Readonly<Record<string, unknown>>] => isObject(entry[1]));
}

/**
 * The schema with what it says at several places moved to `definitions`: the probe of an app is described once, not seven
 * times. A definition is called after the first place that needs it.
 */
export function shared(schema: JsonSchema): JsonSchema {
  const { definitions, ...top } = schema;
  const roots = [top, ...Object.values(isObject(definitions) ? definitions : {}).filter(isObject)];
  const uses = new Map<string, number>();
  const count = (node: Readonly<Record<string, unknown>>): void => {
    const key = JSON.stringify(split(node).rules);
    const seen = uses.get(key) ?? 0;
    uses.set(key, seen + 1);
    // What lies in a repeated schema is repeated with it.
    if (seen === 0) for (const [, inner] of below(node)) count(inner);
  };
  roots.forEach(count);

  const names = new Map<string, string>();
  const moved: Record<string, unknown> = {};
  const inner = (node: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> => {
    const { properties, additionalProperties, items, anyOf } = node;
    const step = (name: string) => (name === '' ? path : path === '' ? name : `${path}.${name}`);
    return {
      ...node,
      ...(isObject(properties)
        ? {
            properties: Object.fromEntries(
              Object.entries(properties).map(([name, property]) => [
                name,
                isObject(property) ? visit(property, step(name)) : property,
              ]),
            ),
          }
        : {}),
      ...(isObject(additionalProperties) ? { additionalProperties: visit(additionalProperties, step('any')) } : {}),
      ...(isObject(items) ? { items: visit(items, step('item')) } : {}),
      ...(Array.isArray(anyOf)
        ? { anyOf: anyOf.map((option: unknown) => (isObject(option) ? visit(option, path) : option)) }
        : {}),
    };
  };
  const visit = (node: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> => {
    const { annotations, rules } = split(node);
    const key = JSON.stringify(rules);
    if (key.length < smallest || (uses.get(key) ?? 0) < 2) return inner(node, path);
    let name = names.get(key);
    if (name === undefined) {
      name = path in moved ? `${path}-${names.size}` : path;
      names.set(key, name);
      moved[name] = {};
      moved[name] = inner(rules, path);
    }
    const reference = { $ref: `#/definitions/${name}` };
    // Draft-07 ignores what stands beside a $ref.
    return Object.keys(annotations).length === 0 ? reference : { ...annotations, allOf: [reference] };
  };
  const result = inner(top, '');
  const kept = Object.entries(isObject(definitions) ? definitions : {}).map(([name, node]) => [
    name,
    isObject(node) ? inner(node, name) : node,
  ]);
  return { ...result, definitions: { ...Object.fromEntries(kept), ...moved } };
}
