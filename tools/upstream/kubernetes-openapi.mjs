import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The OpenAPI v3 documents (one a group and version) that a Kubernetes release publishes in its own repository.
 *
 * @param {string} moduleDir
 * @returns {{ paths: Record<string, Record<string, any>>, components?: { schemas?: Record<string, any> } }[]}
 */
export function readOpenApi(moduleDir) {
  const dir = join(moduleDir, 'api/openapi-spec/v3');
  return readdirSync(dir)
    .filter((name) => name.endsWith('_openapi.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8')));
}

/**
 * `apps/v1/Deployment`, or `v1/Service` in the core group: an object's apiVersion, a slash, its kind.
 *
 * @param {{ group: string, version: string, kind: string }} gvk
 */
export function kindKey({ group, version, kind }) {
  return group === '' ? `${version}/${kind}` : `${group}/${version}/${kind}`;
}
