import { z } from 'zod';
import { alternatives, anyOf, choices, expectation, required } from '../expectation.js';
import type { FieldDoc } from '../field.js';

/** One row of a table of docs/spec.md. */
export interface FieldRow {
  readonly name: string;
  readonly type: string;
  /** `one-of`: exactly one of the fields of the map that are marked so. */
  readonly presence: 'required' | 'optional' | 'one-of';
  readonly doc: FieldDoc | undefined;
}

/** The fields of one map, which is written at `path` and perhaps at other places too. */
export interface Section {
  readonly path: string;
  readonly alsoAt: string[];
  readonly rows: readonly FieldRow[];
}

/** The documentation that `field` attached. */
function docOf(schema: z.ZodType): FieldDoc | undefined {
  const meta = required(schema).meta();
  if (meta?.description === undefined) return undefined;
  const { description, default: standing, examples } = meta;
  const inWords = meta['x-default'];
  const why = meta['x-why'];
  return {
    description,
    ...(standing === undefined ? {} : { default: standing }),
    ...(typeof inWords === 'string' ? { defaultText: inWords } : {}),
    ...(typeof why === 'string' ? { why } : {}),
    ...(Array.isArray(examples) ? { examples } : {}),
  };
}

/** What a field takes, in a few words. */
function typeOf(schema: z.ZodType): string {
  const words = alternatives(schema).map((option) => {
    if (option instanceof z.ZodArray) return `list of ${typeOf(option.element as z.ZodType)}`;
    if (option instanceof z.ZodRecord) return `map of ${typeOf(option.valueType as z.ZodType)}`;
    if (option instanceof z.ZodObject) return 'map';
    if (option instanceof z.ZodEnum || option instanceof z.ZodLiteral) return anyOf(choices(option));
    // The rest is in the message that somebody gets who needs it.
    return expectation(option).replace(/^an? /, '').replace(/: .*/, '');
  });
  return [...new Set(words)].join(', or ');
}

/** Maps with fields of their own that a field may be or hold, with the path of each: `[]` for a list's items, `.*` for any key. */
function mapsBelow(schema: z.ZodType, path: string): { path: string; objects: z.ZodObject[] }[] {
  const options = alternatives(schema);
  const objects = options.filter((option) => option instanceof z.ZodObject);
  const deeper = options.flatMap((option) => {
    if (option instanceof z.ZodArray) return mapsBelow(option.element as z.ZodType, `${path}[]`);
    return option instanceof z.ZodRecord ? mapsBelow(option.valueType as z.ZodType, `${path}.*`) : [];
  });
  return [...(objects.length > 0 ? [{ path, objects }] : []), ...deeper];
}

/** The fields of a map, or of the several kinds of map that a field may be. What only some kinds have tells the kind. */
function rowsOf(objects: readonly z.ZodObject[]): { row: FieldRow; schema: z.ZodType }[] {
  const shapes = objects.map((object) => object.shape as Readonly<Record<string, z.ZodType>>);
  const found = new Map<string, { row: FieldRow; schema: z.ZodType }>();
  for (const [name, schema] of shapes.flatMap((shape) => Object.entries(shape))) {
    if (found.has(name)) continue;
    const always = !schema.safeParse(undefined).success;
    const everywhere = shapes.every((shape) => Object.hasOwn(shape, name));
    const presence = !always ? 'optional' : everywhere ? 'required' : 'one-of';
    found.set(name, { row: { name, type: typeOf(schema), presence, doc: docOf(schema) }, schema });
  }
  return [...found.values()];
}

/** Every map of a spec with its fields, each shape once, in the order of the schema. */
export function sectionsOf(top: z.ZodObject): Section[] {
  const sections: Section[] = [];
  const known = new Map<string, Section>();
  const visit = (path: string, objects: readonly z.ZodObject[]): void => {
    const rows = rowsOf(objects);
    const shape = JSON.stringify(rows.map(({ row }) => row));
    const same = known.get(shape);
    if (same !== undefined) {
      same.alsoAt.push(path);
      return;
    }
    const section: Section = { path, alsoAt: [], rows: rows.map(({ row }) => row) };
    known.set(shape, section);
    sections.push(section);
    for (const { row, schema } of rows) {
      for (const below of mapsBelow(schema, path === '' ? row.name : `${path}.${row.name}`))
        visit(below.path, below.objects);
    }
  };
  visit('', [top]);
  return sections;
}
