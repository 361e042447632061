import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutProse } from './json-schema.mjs';

/**
 * eksctl's own JSON Schema of ClusterConfig without prose. `preferredOrder` stays: it is the order in which eksctl documents the fields.
 *
 * @param {string} moduleDir
 */
export function eksctlSchema(moduleDir) {
  const file = join(moduleDir, 'pkg/apis/eksctl.io/v1alpha5/assets/schema.json');
  return withoutProse(JSON.parse(readFileSync(file, 'utf8')));
}
