import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cdk8s = fileURLToPath(new URL('../../node_modules/.bin/cdk8s', import.meta.url));

/**
 * The TypeScript classes that `cdk8s import` writes for a file of CRDs; their module is named after the API group.
 * Runs in a temporary folder: the CLI edits the cdk8s.yaml it finds and asks npm for a newer version of itself unless told not to.
 *
 * @param {string} crdsYaml
 * @param {string} group
 */
export function importCrds(crdsYaml, group) {
  const cwd = mkdtempSync(join(tmpdir(), 'spillway-import-'));
  try {
    writeFileSync(join(cwd, 'crds.yaml'), crdsYaml);
    const args = [
      'import',
      'crds.yaml',
      '--language',
      'typescript',
      '--output',
      'out',
      '--no-save',
      '--no-check-upgrade',
    ];
    execFileSync(cdk8s, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    return readFileSync(join(cwd, 'out', `${group}.ts`), 'utf8');
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
