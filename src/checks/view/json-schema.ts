import { map, texts, type JsonMap } from './json.js';

/** One place where a value is not what its schema says. */
export interface SchemaProblem {
  /** JSON pointer of the value. */
  readonly pointer: string;
  readonly message: string;
  /** A field that the schema does not list, and those that it does. */
  readonly unknownField?: { readonly name: string; readonly known: readonly string[] };
}

type Definitions = Readonly<Record<string, unknown>>;

/**
 * What is wrong with a value by a JSON Schema (draft-07): the keywords that the generated schemas of src/facts/upstream use.
 * A test holds that they use no others. Written here because messages must be in words, and compiling a schema takes longer than
 * reading the few objects that people patched.
 */
export function schemaProblems(
  schema: unknown,
  definitions: Definitions,
  value: unknown,
  pointer = '',
): SchemaProblem[] {
  const { $ref, ...rest } = map(schema);
  const problems: SchemaProblem[] = [];
  if (typeof $ref === 'string') {
    const referred = definitions[$ref.replace('#/definitions/', '')];
    problems.push(...schemaProblems(referred, definitions, value, pointer));
  }
  const typeProblem = wrongType(rest, value);
  if (typeProblem !== undefined) return [...problems, { pointer, message: typeProblem }];
  problems.push(...alternatives(rest, definitions, value, pointer), ...scalarProblems(rest, value, pointer));
  if (Array.isArray(value)) {
    const { items } = rest;
    if (items !== undefined)
      problems.push(...value.flatMap((item, index) => schemaProblems(items, definitions, item, `${pointer}/${index}`)));
  } else if (typeof value === 'object' && value !== null) {
    problems.push(...objectProblems(rest, definitions, map(value), pointer));
  }
  return problems;
}

/** Keywords that `schemaProblems` knows, or that say nothing about validity. */
export const knownKeywords: ReadonlySet<string> = new Set([
  ...['$ref', 'type', 'properties', 'additionalProperties', 'items', 'required', 'enum', 'pattern', 'oneOf', 'anyOf'],
  ...['minLength', 'maxLength', '$schema', 'definitions', 'kinds', 'default', 'preferredOrder', 'title', 'description'],
]);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

function wrongType({ type }: JsonMap, value: unknown): string | undefined {
  const allowed = typeof type === 'string' ? [type] : texts(type);
  const actual = typeOf(value);
  if (allowed.length === 0 || allowed.includes(actual) || (actual === 'integer' && allowed.includes('number')))
    return undefined;
  return `must be ${allowed.map((name) => typeNames[name] ?? name).join(' or ')}, not ${typeNames[actual] ?? actual}`;
}

function alternatives(schema: JsonMap, definitions: Definitions, value: unknown, pointer: string): SchemaProblem[] {
  const choices = [schema['oneOf'], schema['anyOf']].filter((list) => Array.isArray(list));
  return choices.flatMap((list): SchemaProblem[] => {
    const results = list.map((choice) => schemaProblems(choice, definitions, value, pointer));
    if (results.some((problems) => problems.length === 0)) return [];
    const own = results.flat().filter((problem) => problem.pointer === pointer);
    const messages = [...new Set(own.map(({ message }) => message))];
    return messages.length === 0 ? (results[0] ?? []) : [{ pointer, message: messages.join(', or ') }];
  });
}

function scalarProblems(schema: JsonMap, value: unknown, pointer: string): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const { enum: allowed, pattern, minLength, maxLength } = schema;
  if (Array.isArray(allowed) && !allowed.includes(value))
    problems.push({ pointer, message: `must be one of ${allowed.map((item) => JSON.stringify(item)).join(', ')}` });
  if (typeof value === 'string') {
    if (typeof pattern === 'string' && !new RegExp(pattern).test(value))
      problems.push({ pointer, message: `${JSON.stringify(value)} must match ${pattern}` });
    if (typeof minLength === 'number' && value.length < minLength) problems.push({ pointer, message: 'is too short' });
    if (typeof maxLength === 'number' && value.length > maxLength) problems.push({ pointer, message: 'is too long' });
  }
  return problems;
}

function objectProblems(schema: JsonMap, definitions: Definitions, value: JsonMap, pointer: string): SchemaProblem[] {
  const properties = map(schema['properties']);
  const problems: SchemaProblem[] = texts(schema['required'])
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ pointer, message: `lacks ${name}` }));
  for (const [name, part] of Object.entries(value)) {
    const below = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (Object.hasOwn(properties, name)) problems.push(...schemaProblems(properties[name], definitions, part, below));
    else if (schema['additionalProperties'] === false)
      problems.push({
        pointer: below,
        message: `there is no field ${name}`,
        unknownField: { name, known: Object.keys(properties) },
      });
    else if (typeof schema['additionalProperties'] === 'object')
      problems.push(...schemaProblems(schema['additionalProperties'], definitions, part, below));
  }
  return problems;
}
