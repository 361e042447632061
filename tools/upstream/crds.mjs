import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { omit, rewriteSchema, strict, withoutProse } from './json-schema.mjs';

/**
 * CustomResourceDefinitions of a module, in the order given, without prose and otherwise as upstream wrote them,
 * so that a real API server takes them.
 *
 * @param {string} moduleDir
 * @param {string[]} files below manifests/crds
 */
export function readCrds(moduleDir, files) {
  return files.map((file) => withoutDescriptions(parse(readFileSync(join(moduleDir, 'manifests/crds', file), 'utf8'))));
}

/** @param {any} crd */
function withoutDescriptions(crd) {
  const versions = crd.spec.versions.map((/** @type {any} */ version) => ({
    ...version,
    ...(version.additionalPrinterColumns && {
      additionalPrinterColumns: version.additionalPrinterColumns.map((/** @type {any} */ column) =>
        omit(column, (key) => key === 'description'),
      ),
    }),
    schema: { openAPIV3Schema: withoutProse(version.schema.openAPIV3Schema) },
  }));
  return { ...crd, spec: { ...crd.spec, versions } };
}

/**
 * JSON Schema of the custom resources that the CRDs define, one definition a kind; unknown fields are refused.
 *
 * @param {any[]} crds
 * @returns {{ definitions: Record<string, any>, kinds: Record<string, string> }}
 */
export function crdSchema(crds) {
  const entries = crds.flatMap((crd) =>
    crd.spec.versions.map((/** @type {any} */ version) => ({
      key: `${crd.spec.group}/${version.name}/${crd.spec.names.kind}`,
      name: `${crd.spec.group}.${version.name}.${crd.spec.names.kind}`,
      schema: validating(version.schema.openAPIV3Schema),
    })),
  );
  return {
    definitions: Object.fromEntries(entries.map(({ name, schema }) => [name, schema])),
    kinds: Object.fromEntries(entries.map(({ key, name }) => [key, `#/definitions/${name}`])),
  };
}

/** @param {any} openApiSchema */
function validating(openApiSchema) {
  const schema = rewriteSchema(openApiSchema, (part) => strict(withEmptyObjectsClosed(part)));
  return {
    ...schema,
    // The server knows ObjectMeta by itself; a CRD only says that it is an object. Status is the controllers' to write.
    properties: { ...schema.properties, metadata: { type: 'object' }, ...(schema.properties.status && { status: {} }) },
  };
}

/**
 * A structural schema keeps nothing in an object that lists no fields: whatever is written there would be pruned.
 *
 * @param {Record<string, any>} part
 */
function withEmptyObjectsClosed(part) {
  const keeps = ['properties', 'additionalProperties', 'x-kubernetes-preserve-unknown-fields'];
  const isEmpty = part.type === 'object' && !keeps.some((keyword) => keyword in part);
  return isEmpty ? { ...part, additionalProperties: false } : part;
}
