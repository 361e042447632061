import type { z } from 'zod';

/** What a spec's field means to a person: the source of the JSON Schema, docs/spec.md and `explain`. */
export interface FieldDoc {
  readonly description: string;
  /** The value used where the field is left out, when it is always the same. */
  readonly default?: unknown;
  /** The default in words, where it depends on other fields. */
  readonly defaultText?: string;
  /** Why an operator would have chosen that default. */
  readonly why?: string;
  readonly examples?: readonly unknown[];
}

/** Attaches a field's documentation to its schema. */
export function field<T extends z.ZodType>(schema: T, doc: FieldDoc): T {
  const { default: standing, defaultText, why, examples, description } = doc;
  return schema.meta({
    description,
    ...(standing === undefined ? {} : { default: standing }),
    ...(defaultText === undefined ? {} : { 'x-default': defaultText }),
    ...(why === undefined ? {} : { 'x-why': why }),
    ...(examples === undefined ? {} : { examples: [...examples] }),
  });
}
