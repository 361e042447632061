/** A JSON Schema (draft-07), as far as it is built here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** The schema, or null. */
function orNull(schema: JsonSchema): JsonSchema {
  if (schema.anyOf !== undefined) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] };
  if (schema.type === undefined) return schema;
  const { const: only, enum: words, ...rest } = schema;
  const listed: unknown[] | undefined = Array.isArray(words) ? words : only === undefined ? undefined : [only];
  return {
    ...rest,
    type: [...(typeof schema.type === 'string' ? [schema.type] : schema.type), 'null'],
    ...(listed === undefined ? {} : { enum: [...listed, null] }),
  };
}

/**
 * The schema whose maps may hold null for every value, as a spec may: a field that is null is left out. Lists stay as they
 * are, for nothing is left out of them. With 'whole' the schema itself may be null too.
 */
export function nullable(schema: JsonSchema, what: 'whole' | 'values'): JsonSchema {
  const { properties, additionalProperties, anyOf } = schema;
  const inner: JsonSchema = {
    ...schema,
    ...(properties === undefined
      ? {}
      : { properties: mapValues(properties, (property) => nullable(property, 'whole')) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: nullable(additionalProperties, 'whole') }
      : {}),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((option) => nullable(option, 'values')) }),
  };
  return what === 'whole' ? orNull(inner) : inner;
}

function withoutRequired(schema: JsonSchema): JsonSchema {
  const { required: _, properties, additionalProperties, anyOf, default: __, ...rest } = schema;
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: mapValues(properties, withoutRequired) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: withoutRequired(additionalProperties) }
      : {}),
    ...(additionalProperties === false ? { additionalProperties } : {}),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(withoutRequired) }),
  };
}

/** What an override may be: any part of the schema, with null for what it takes away. What a list holds is whole. */
export function partial(schema: JsonSchema): JsonSchema {
  return nullable(withoutRequired(schema), 'values');
}
