import { z } from 'zod';
import { pathParts, type FieldPath } from '../../diagnostic/located.js';
import { appSpec } from './app.js';
import { clusterSpec } from './cluster.js';
import type { FieldDoc } from './field.js';

/** Which of the two specs a path is in. */
export type SpecKind = 'app' | 'cluster';

function metaOf(schema: z.ZodType): FieldDoc | undefined {
  // `.optional()` wraps the documented schema and has no documentation itself.
  if (schema instanceof z.ZodOptional) return metaOf(schema.unwrap() as z.ZodType);
  const meta = schema.meta();
  if (meta === undefined) return undefined;
  return {
    description: meta.description ?? '',
    default: meta['default'],
    ...(meta['x-default'] === undefined ? {} : { defaultText: meta['x-default'] as string }),
    ...(meta['x-why'] === undefined ? {} : { why: meta['x-why'] as string }),
  };
}

/** The schemas one step below: several where a union has the field in several branches. */
function step(schema: z.ZodType, part: string): z.ZodType[] {
  if (schema instanceof z.ZodOptional) return step(schema.unwrap() as z.ZodType, part);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => step(option as z.ZodType, part));
  if (schema instanceof z.ZodObject) {
    const next = (schema.shape as Record<string, z.ZodType | undefined>)[part];
    return next === undefined ? [] : [next];
  }
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  return [];
}

/** The documentation of the field at `path` (list indices and map keys stand for any), or undefined where no schema has it. */
export function fieldDoc(kind: SpecKind, path: FieldPath): FieldDoc | undefined {
  const parts = pathParts(path);
  const key = [kind, ...parts].join('\0');
  if (!found.has(key)) found.set(key, findDoc(kind, parts));
  return found.get(key);
}

/** By kind and path: a thousand apps ask for the same hundred fields. */
const found = new Map<string, FieldDoc | undefined>();

function findDoc(kind: SpecKind, parts: readonly string[]): FieldDoc | undefined {
  let schemas: z.ZodType[] = [kind === 'app' ? appSpec : clusterSpec];
  for (const part of parts) schemas = schemas.flatMap((schema) => step(schema, part));
  for (const schema of schemas) {
    const doc = metaOf(schema);
    if (doc !== undefined) return doc;
  }
  return undefined;
}

/** The names of a spec's top-level fields, in the order of its schema. */
export function topLevelFields(kind: SpecKind): readonly string[] {
  return Object.keys(kind === 'app' ? appSpec.shape : clusterSpec.shape);
}
