import { z } from 'zod';
import { alternatives, anyOf, choices, expectation, required } from '../schema/expectation.js';
import { obviousFixes } from './fixes.js';
import { isMap } from './merge.js';
import { fieldName } from './path.js';
import { closest } from '../../diagnostic/closest.js';
import { fieldHint } from './suggest.js';

/** A mistake in a value, before anybody asks where it stands. */
export interface Problem {
  readonly code: string;
  /** An error where it is left out. */
  readonly severity?: 'warning';
  readonly message: string;
  readonly hint?: string;
  readonly path: readonly string[];
  /** Whether the key at the path is meant, or the value. */
  readonly on: 'key' | 'value';
  /** Something is missing: true of a whole, but not of a part such as a base that overrides complete. */
  readonly absent?: true;
}

type Path = readonly string[];
type Fields = Readonly<Record<string, unknown>>;

function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isMap(value)) return 'a map';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function subject(path: Path): string {
  return path.length === 0 ? 'the spec' : `\`${fieldName(path)}\``;
}

function meantHint(meant: string | undefined): string | undefined {
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

function fixHint(schema: z.ZodType, value: unknown): string | undefined {
  const fixes = obviousFixes(schema, value);
  return fixes.length === 0 ? undefined : `write ${anyOf(fixes)}`;
}

function invalid(schema: z.ZodType, value: unknown, path: Path): Problem {
  const known = choices(schema);
  const meant = typeof value === 'string' ? closest(value, known) : undefined;
  const texts = alternatives(schema).filter((option) => option instanceof z.ZodString);
  const quoted = typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  const quoting = quoted !== undefined && texts.some((option) => option.safeParse(quoted).success);
  const hint = quoting ? `put it in quotes: "${quoted}"` : (meantHint(meant) ?? fixHint(schema, value));
  return {
    code: 'invalid-value',
    message: `${subject(path)} must be ${expectation(schema)}, not ${shown(value)}`,
    ...(hint === undefined ? {} : { hint }),
    path,
    on: 'value',
  };
}

/** A key of a map that has fields of its own, and not this one. */
export function unknownField(key: string, known: readonly string[], written: Fields, path: Path): Problem {
  const where = path.length === 0 ? '' : ` in \`${fieldName(path)}\``;
  const free = known.filter((field) => !Object.hasOwn(written, field));
  return {
    code: 'unknown-field',
    message: `there is no field \`${key}\`${where}`,
    hint: fieldHint(key, known, free),
    path: [...path, key],
    on: 'key',
  };
}

function missingField(field: z.ZodType, path: Path): Problem {
  const description = field.meta()?.description;
  const must = `it must be ${expectation(field)}`;
  const [sentence = ''] = description?.split(/[.;:] /) ?? [];
  return {
    code: 'missing-field',
    message: `\`${fieldName(path)}\` is missing`,
    hint: description === undefined ? must : `${sentence.replace(/\.$/, '')}; ${must}`,
    path,
    on: 'key',
    absent: true,
  };
}

function ofObject(schema: z.ZodObject, value: Fields, path: Path): Problem[] {
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  const known = Object.keys(shape);
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(shape, key));
  return [
    ...unknown.map((key) => unknownField(key, known, value, path)),
    ...Object.entries(shape).flatMap(([key, field]) => {
      if (Object.hasOwn(value, key)) return problemsOf(field, value[key], [...path, key]);
      return field.safeParse(undefined).success ? [] : [missingField(field, [...path, key])];
    }),
  ];
}

function ofRecord(schema: z.ZodRecord, value: Fields, path: Path): Problem[] {
  const keyType = schema.keyType as unknown as z.ZodType;
  return Object.entries(value).flatMap(([key, entry]) => {
    const problems = problemsOf(schema.valueType as z.ZodType, entry, [...path, key]);
    if (keyType.safeParse(key).success) return problems;
    const message = `the key \`${key}\` in ${subject(path)} must be ${expectation(keyType)}`;
    return [{ code: 'invalid-key', message, path: [...path, key], on: 'key' as const }, ...problems];
  });
}

/** Required fields that tell an alternative from the others, as `http` tells one kind of probe. */
function telling(option: z.ZodObject, options: readonly z.ZodObject[]): string[] {
  const shape = option.shape as Readonly<Record<string, z.ZodType>>;
  return Object.keys(shape).filter(
    (key) => !options.every((other) => Object.hasOwn(other.shape, key)) && !shape[key]?.safeParse(undefined).success,
  );
}

/** What to do about two fields of which only one may be there. */
export function exclusiveHint(kept: string, path: Path): string {
  const inList = path.some((part) => /^\d+$/.test(part));
  return inList ? 'keep one of them' : `keep one of them; an override takes the other away with \`${kept}: null\``;
}

/** A map where several kinds of map are allowed: its kind is the one whose telling field it has. */
function ofAlternatives(options: readonly z.ZodObject[], value: Fields, path: Path): Problem[] {
  const kinds = options.map((option) => ({ option, fields: telling(option, options) }));
  const present = kinds.filter(({ fields }) => fields.some((field) => Object.hasOwn(value, field)));
  const names = kinds.flatMap(({ fields }) => fields);
  const [first, second] = present;
  if (first !== undefined && second === undefined) return ofObject(first.option, value, path);
  if (first !== undefined) {
    const [kept, ...rest] = Object.keys(value).filter((key) => names.includes(key));
    return rest.map((key) => ({
      code: 'exclusive-fields',
      message: `\`${key}\` cannot stand beside \`${kept ?? ''}\` in ${subject(path)}`,
      hint: exclusiveHint(kept ?? '', path),
      path: [...path, key],
      on: 'key',
    }));
  }
  const known = new Set(options.flatMap(({ shape }) => Object.keys(shape)));
  const strange = Object.keys(value).filter((key) => !known.has(key));
  const unknown = strange.map((key) => unknownField(key, names, value, path));
  if (strange.some((key) => closest(key, names) !== undefined)) return unknown;
  return [
    ...unknown,
    { code: 'missing-field', message: `${subject(path)} must hold ${anyOf(names)}`, path, on: 'key', absent: true },
  ];
}

function ofMap(options: readonly z.ZodType[], value: Fields, path: Path): Problem[] | undefined {
  const objects = options.filter((option) => option instanceof z.ZodObject);
  const [object, other] = objects;
  if (object !== undefined)
    return other === undefined ? ofObject(object, value, path) : ofAlternatives(objects, value, path);
  const record = options.find((option) => option instanceof z.ZodRecord);
  return record === undefined ? undefined : ofRecord(record, value, path);
}

/**
 * Everything that keeps `value` from being what `schema` takes. zod decides whether there is anything; here it is put into
 * words, with each union followed down the branch that the value was meant for.
 */
export function problemsOf(schema: z.ZodType, value: unknown, path: Path = []): Problem[] {
  if (schema.safeParse(value).success) return [];
  const options = alternatives(schema);
  let found: Problem[] | undefined;
  if (isMap(value)) found = ofMap(options, value, path);
  const list = options.find((option) => option instanceof z.ZodArray);
  if (Array.isArray(value) && list !== undefined) {
    const items: readonly unknown[] = value;
    found = items.flatMap((item, index) =>
      problemsOf(required(list.element as z.ZodType), item, [...path, String(index)]),
    );
    // Its length is wrong.
    if (found.length === 0)
      found = [
        {
          ...invalid(list, value, path),
          message: `${subject(path)} must be ${expectation(list)}, not one of ${items.length}`,
        },
      ];
  }
  return found !== undefined && found.length > 0 ? found : [invalid(schema, value, path)];
}
