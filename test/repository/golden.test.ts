import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { renderRepository } from '../../src/pipeline.js';
import { objectJudge } from '../support/schemas.js';
import { repositoryRoot } from '../support/rendering.js';
import { describeDiagnostics } from '../support/repository.js';

/**
 * Whole trees under review: each folder of test/fixtures with clusters/ is rendered as a repository of its own.
 * `npm run golden` writes them anew; read the diff.
 */
const fixtures = join(repositoryRoot, 'test', 'fixtures');
const scenarios = ['minimal', 'everything'] as const;
const update = process.env['UPDATE_GOLDEN'] === '1';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function golden(root: string): Map<string, string> {
  const folders = readdirSync(root).filter((name) => name === 'dist' || name === 'eksctl');
  const files = folders.flatMap((folder) => filesBelow(join(root, folder)));
  return new Map(files.map((file) => [relative(root, file), readFileSync(file, 'utf8')]));
}

function write(root: string, files: ReadonlyMap<string, string>): void {
  for (const folder of ['dist', 'eksctl']) rmSync(join(root, folder), { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe.each(scenarios)('the golden tree %s', (scenario) => {
  const root = join(fixtures, scenario);

  test('is what its specs render', async () => {
    const { files, diagnostics } = await renderRepository(root);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(describeDiagnostics(errors)).toBe('');
    const rendered = new Map(files.map(({ path, text }) => [path, text]));
    if (update) write(root, rendered);
    const standing = golden(root);
    expect([...rendered.keys()].sort()).toEqual([...standing.keys()].sort());
    for (const [path, text] of rendered) expect({ path, text }).toEqual({ path, text: standing.get(path) });
  });

  test('gives the diagnostics that are written down', async () => {
    const { diagnostics } = await renderRepository(root);
    const file = join(root, 'diagnostics.txt');
    const text = `${describeDiagnostics(diagnostics)}\n`;
    if (update) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  test('holds only objects that its Kubernetes version accepts', async () => {
    const { clusters } = await renderRepository(root);
    for (const { cluster, objects } of clusters) {
      const judge = await objectJudge(cluster.kubernetesVersion);
      expect(objects.flatMap(({ object }) => judge(object))).toEqual([]);
    }
  });
});
