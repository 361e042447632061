import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { staleFiles, writeGenerated } from '../../src/layout/generated.js';

test('generated files are written where they are missing or differ, and nowhere else', () => {
  const root = mkdtempSync(join(tmpdir(), 'spillway-generated-'));
  try {
    const files = new Map([
      ['schemas/app.json', '{}\n'],
      ['docs/spec.md', '# Spec\n'],
    ]);
    expect(staleFiles(root, files)).toEqual(['schemas/app.json', 'docs/spec.md']);
    expect(writeGenerated(root, files)).toEqual(['schemas/app.json', 'docs/spec.md']);
    expect(staleFiles(root, files)).toEqual([]);

    writeFileSync(join(root, 'docs/spec.md'), '# Spec!\n');
    expect(staleFiles(root, files)).toEqual(['docs/spec.md']);
    expect(writeGenerated(root, files)).toEqual(['docs/spec.md']);
    expect(readFileSync(join(root, 'docs/spec.md'), 'utf8')).toBe('# Spec\n');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
