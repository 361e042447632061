import { z } from 'zod';
import { closest } from '../../diagnostic/closest.js';
import { alternatives } from '../schema/expectation.js';
import { isMap } from './merge.js';
import { fieldName } from './path.js';
import { unknownField, type Problem } from './problems.js';

type Path = readonly string[];
type Fields = Readonly<Record<string, unknown>>;

/** What a key of a map stands for: its schemas (several where kinds of maps share it), or none, and what is known instead. */
interface Place {
  readonly schemas: readonly z.ZodType[];
  /** The fields of a map that is not open to any key. */
  readonly known: readonly string[] | undefined;
}

function placeOf(options: readonly z.ZodType[], key: string): Place {
  const record = options.find((option) => option instanceof z.ZodRecord);
  const shapes = options.flatMap((option) =>
    option instanceof z.ZodObject ? [option.shape as Readonly<Record<string, z.ZodType>>] : [],
  );
  const fields = shapes.flatMap((shape) => (Object.hasOwn(shape, key) ? [shape[key] as z.ZodType] : []));
  const known = [...new Set(shapes.flatMap((shape) => Object.keys(shape)))];
  if (fields.length > 0 || record === undefined) return { schemas: fields, known };
  return { schemas: [record.valueType as z.ZodType], known: undefined };
}

/** What is said of a `null` under a key that the schema knows; undefined where it does what it is for. */
type Judge = (key: string, path: Path, place: Place) => Problem | undefined;

function walk(options: readonly z.ZodType[], value: Fields, path: Path, judge: (below: Path) => Judge): Problem[] {
  return Object.entries(value).flatMap(([key, entry]): Problem[] => {
    const place = placeOf(options, key);
    const here = [...path, key];
    if (isMap(entry)) return walk(place.schemas.flatMap(alternatives), entry, here, judge);
    if (entry !== null || options.length === 0) return [];
    if (place.known !== undefined && place.schemas.length === 0 && place.known.length > 0)
      return [unknownField(key, place.known, value, path)];
    const problem = judge(path)(key, here, place);
    return problem === undefined ? [] : [problem];
  });
}

/** What is wrong with every `null` of a spec that overrides nothing: its key is unknown, or it leaves out what it names. */
export function emptyFields(schema: z.ZodType, spec: unknown): Problem[] {
  if (!isMap(spec)) return [];
  return walk(alternatives(schema), spec, [], () => (_key, path, { schemas }) => {
    const takesText = schemas.some((option) => option.safeParse('').success);
    return {
      code: 'empty-field',
      severity: 'warning',
      message: `\`${fieldName(path)}\` has no value, so it is left out`,
      hint: takesText ? 'remove it, or write a value; "" is the empty text' : 'remove it, or write a value',
      path,
      on: 'key',
    };
  });
}

/** What is wrong with every `null` of an override: its key is unknown, or the base has nothing there that it could take away. */
export function idleNulls(schema: z.ZodType, override: unknown, base: unknown): Problem[] {
  if (!isMap(override)) return [];
  return walk(alternatives(schema), override, [], (above) => {
    const beside = at(base, above);
    return (key, path) => {
      if (Object.hasOwn(beside, key)) return undefined;
      const meant = closest(key, Object.keys(beside));
      return {
        code: 'null-removes-nothing',
        severity: 'warning',
        message: `null takes nothing away: the app has no \`${fieldName(path)}\``,
        hint: meant === undefined ? 'remove it' : `did you mean \`${meant}\`?`,
        path,
        on: 'key',
      };
    };
  });
}

/** The map at a path of the base; an empty one where there is none. */
function at(base: unknown, path: Path): Fields {
  let map = isMap(base) ? base : {};
  for (const part of path) {
    const next = Object.hasOwn(map, part) ? map[part] : undefined;
    map = isMap(next) ? next : {};
  }
  return map;
}
