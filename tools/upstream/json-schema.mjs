/**
 * Walking and rewriting schemas. Keys of a schema are keywords, but keys of `properties` and `definitions` are names:
 * `description` is prose in the first place and a field of AppProject in the second, so a blind walk would delete fields.
 *
 * @typedef {Record<string, any>} Schema
 */

const mapsOfSchemas = new Set(['properties', 'patternProperties', 'definitions']);
const listsOfSchemas = new Set(['allOf', 'anyOf', 'oneOf']);
const schemas = new Set(['items', 'additionalProperties', 'not']);

/** @param {unknown} value @returns {value is Record<string, any>} */
export function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Rebuilds a schema bottom-up: `rewrite` gets each schema whose sub-schemas are done. Key order is kept.
 *
 * @param {Schema} schema
 * @param {(schema: Schema) => Schema} rewrite
 * @returns {Schema}
 */
export function rewriteSchema(schema, rewrite) {
  /** @param {unknown} child */
  const visit = (child) => (isMap(child) ? rewriteSchema(child, rewrite) : child);
  const done = Object.entries(schema).map(([keyword, value]) => {
    if (mapsOfSchemas.has(keyword) && isMap(value)) return [keyword, mapValues(value, visit)];
    if (listsOfSchemas.has(keyword) && Array.isArray(value)) return [keyword, value.map(visit)];
    if (schemas.has(keyword)) return [keyword, visit(value)];
    return [keyword, value];
  });
  return rewrite(Object.fromEntries(done));
}

/**
 * @param {Record<string, any>} map
 * @param {(value: any, key: string) => any} change
 */
export function mapValues(map, change) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

/**
 * @param {Record<string, any>} map
 * @param {(key: string) => boolean} unwanted
 */
export function omit(map, unwanted) {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !unwanted(key)));
}

const prose = new Set(['description', 'x-intellij-html-description', 'example', 'examples', 'externalDocs', 'title']);

/**
 * The schema without any text written for people: what we ship is facts, not upstream's documentation.
 *
 * @param {Schema} schema
 */
export function withoutProse(schema) {
  return rewriteSchema(schema, (part) => omit(part, (keyword) => prose.has(keyword)));
}

/**
 * Keywords that say nothing to a validator: server-side apply hints, CEL rules, number formats, defaults that the server fills in.
 * `format` goes because ajv without ajv-formats only warns about it.
 *
 * @param {string} keyword
 */
const isNoConstraint = (keyword) =>
  keyword.startsWith('x-kubernetes-') || keyword === 'format' || keyword === 'default';

/**
 * One schema as the API server's strict field validation sees it: fields that it does not list are refused.
 *
 * @param {Schema} part a schema whose sub-schemas are done
 * @returns {Schema}
 */
export function strict(part) {
  const schema = omit(part, isNoConstraint);
  const isOpen = part['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in part;
  if (isMap(part.properties) && !isOpen) schema.additionalProperties = false;
  if (part['x-kubernetes-int-or-string'] === true) {
    delete schema.type;
    schema.anyOf ??= [{ type: 'integer' }, { type: 'string' }];
  }
  if (schema.nullable === true && typeof schema.type === 'string') schema.type = [schema.type, 'null'];
  delete schema.nullable;
  return schema;
}
