import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/spec/edit/create.js';

const trees: string[] = [];

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'spillway-create-'));
  trees.push(root);
  return root;
}

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

describe('createFiles', () => {
  test('writes nothing where a file is there, but for those that may stay', () => {
    const root = folder();
    writeFileSync(join(root, 'b'), 'mine');
    const files = new Map([
      ['a/x', '1'],
      ['b', '2'],
    ]);
    expect(createFiles(root, files).map(({ code, message }) => [code, message])).toEqual([
      ['file-exists', 'b is there already'],
    ]);
    expect(existsSync(join(root, 'a'))).toBe(false);
    expect(createFiles(root, files, new Set(['b']))).toEqual([]);
    expect([readFileSync(join(root, 'a/x'), 'utf8'), readFileSync(join(root, 'b'), 'utf8')]).toEqual(['1', 'mine']);
  });

  test('says in words why it cannot even look', () => {
    const name = 'a'.repeat(300);
    expect(createFiles(folder(), new Map([[name, '']]))).toEqual([
      expect.objectContaining({
        code: 'cannot-write',
        message: expect.stringMatching(/aaa: the path is too long for this file system$/),
        hint: 'nothing was written',
      }),
    ]);
  });

  test('says in words why it cannot write, and what it wrote before', () => {
    const root = folder();
    const [told] = createFiles(
      root,
      new Map([
        ['a', ''],
        ['a/b', ''],
      ]),
    );
    expect(told).toEqual({
      code: 'cannot-write',
      severity: 'error',
      message: `cannot write ${join(root, 'a/b')}: a file is where a folder should be`,
      hint: 'written before: a',
    });
  });

  // Root may write everywhere.
  const asPerson = process.getuid?.() === 0 ? test.skip : test;
  asPerson.each(['a', 'apps/a'])('says that permission is denied, without the system’s own words (%s)', (path) => {
    const root = folder();
    mkdirSync(join(root, 'apps'));
    chmodSync(join(root, 'apps'), 0o000);
    chmodSync(root, 0o555);
    const told = createFiles(root, new Map([[path, '']]));
    chmodSync(root, 0o755);
    chmodSync(join(root, 'apps'), 0o755);
    expect(told).toEqual([
      expect.objectContaining({
        code: 'cannot-write',
        message: expect.stringMatching(/^cannot write .*a: permission denied$/),
        hint: 'nothing was written',
      }),
    ]);
  });
});
