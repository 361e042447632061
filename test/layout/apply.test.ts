import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { applyChanges } from '../../src/layout/apply.js';
import type { FileChange } from '../../src/layout/file-spec.js';
import { put, temporaryRoot, tree } from './temporary-root.js';

jest.mock('node:fs', () => ({ ...jest.requireActual<typeof fs>('node:fs') }));
afterEach(() => {
  jest.restoreAllMocks();
});

const base = { cluster: 'prod', owner: 'app/web' };
const create = (path: string, after: string): FileChange => ({ ...base, kind: 'create', path, after });
const update = (path: string, after: string): FileChange => ({ ...base, kind: 'update', path, before: '', after });
const remove = (path: string): FileChange => ({ ...base, kind: 'delete', path });

function refusal(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: refused`), { code, syscall });
}

describe('applyChanges', () => {
  test('creates, updates and deletes, and removes the folders that are empty then', () => {
    const root = temporaryRoot({
      'dist/prod/apps/web/b.yaml': 'old',
      'dist/prod/apps/old/c.yaml': 'c',
      'dist/gone/apps/x/d.yaml': 'd',
    });
    const changes = [
      create('dist/prod/apps/web/a.yaml', 'a'),
      create('eksctl/prod.yaml', 'e'),
      update('dist/prod/apps/web/b.yaml', 'b'),
      remove('dist/prod/apps/old/c.yaml'),
      remove('dist/gone/apps/x/d.yaml'),
    ];
    expect(applyChanges(root, changes)).toEqual([]);
    expect(tree(root)).toEqual({
      'dist/prod/apps/web/a.yaml': 'a',
      'dist/prod/apps/web/b.yaml': 'b',
      'eksctl/prod.yaml': 'e',
    });
  });

  test('keeps a folder that holds a file of somebody else', () => {
    const root = temporaryRoot({ 'dist/prod/apps/old/c.yaml': 'c', 'dist/prod/apps/old/mine.yaml': 'm' });
    applyChanges(root, [remove('dist/prod/apps/old/c.yaml')]);
    expect(tree(root)).toEqual({ 'dist/prod/apps/old/mine.yaml': 'm' });
  });

  test('deletes before it puts files in place, so that a name may change its case', () => {
    const root = temporaryRoot({ 'dist/prod/apps/web/Role-A.yaml': 'old' });
    const calls: string[] = [];
    jest
      .spyOn(fs, 'rmSync')
      .mockImplementation((path) => void calls.push(`rm ${String(path).split('/').at(-1) ?? ''}`));
    jest
      .spyOn(fs, 'renameSync')
      .mockImplementation((_, path) => void calls.push(`mv ${String(path).split('/').at(-1) ?? ''}`));
    applyChanges(root, [
      create('dist/prod/apps/web/Role-a.yaml', 'new'),
      create('dist/prod/index.json', '[]'),
      remove('dist/prod/apps/web/Role-A.yaml'),
    ]);
    expect(calls.slice(0, 3)).toEqual(['rm Role-A.yaml', 'mv Role-a.yaml', 'mv index.json']);
  });

  test('a full disk leaves the tree as it was', () => {
    const root = temporaryRoot({ 'dist/prod/apps/web/b.yaml': 'old', 'dist/prod/apps/web/z.yaml': 'z' });
    const before = tree(root);
    const write = fs.writeFileSync;
    jest.spyOn(fs, 'writeFileSync').mockImplementation((path, data) => {
      if (String(path).includes('c.yaml')) throw refusal('ENOSPC', 'write');
      write(path, data);
    });
    const changes = [
      update('dist/prod/apps/web/b.yaml', 'b'),
      create('dist/new/a.yaml', 'a'),
      create('dist/new/c.yaml', 'c'),
      remove('dist/prod/apps/web/z.yaml'),
    ];
    expect(applyChanges(root, changes)).toMatchObject([
      { code: 'cannot-write', severity: 'error', message: 'cannot write dist/new/c.yaml: the disk is full' },
    ]);
    expect(tree(root)).toEqual(before);
  });

  test.each([
    ['EACCES', 'permission denied'],
    ['EROFS', 'the file system is read-only'],
  ])('asks before the first byte whether it may write (%s)', (code, reason) => {
    const root = temporaryRoot({ 'dist/prod/apps/web/b.yaml': 'old' });
    const write = jest.spyOn(fs, 'writeFileSync');
    jest.spyOn(fs, 'accessSync').mockImplementation((path) => {
      if (String(path).endsWith('web')) throw refusal(code, 'access');
    });
    const changes = [create('dist/prod/apps/other/a.yaml', 'a'), update('dist/prod/apps/web/b.yaml', 'b')];
    expect(applyChanges(root, changes)).toMatchObject([
      { code: 'cannot-write', message: `cannot write dist/prod/apps/web: ${reason}` },
    ]);
    expect(write).not.toHaveBeenCalled();
    expect(tree(root)).toEqual({ 'dist/prod/apps/web/b.yaml': 'old' });
  });

  test('never writes or deletes through a symbolic link', () => {
    const outside = temporaryRoot({ 'b.yaml': 'precious' });
    const root = temporaryRoot({ 'dist/prod/x.yaml': 'x' });
    fs.symlinkSync(outside, join(root, 'dist/prod/web'));
    for (const change of [update('dist/prod/web/b.yaml', 'b'), remove('dist/prod/web/b.yaml')]) {
      expect(applyChanges(root, [create('dist/prod/y.yaml', 'y'), change])).toMatchObject([
        { code: 'symbolic-link', at: { file: 'dist/prod/web' } },
      ]);
    }
    expect(tree(outside)).toEqual({ 'b.yaml': 'precious' });
    expect(Object.keys(tree(root))).toEqual(['dist/prod/web', 'dist/prod/x.yaml']);
  });

  test('replaces a file in one step: a reader sees the old text or the new', () => {
    const root = temporaryRoot();
    put(root, 'dist/prod/a.yaml', 'old');
    const inode = fs.statSync(join(root, 'dist/prod/a.yaml')).ino;
    applyChanges(root, [update('dist/prod/a.yaml', 'new')]);
    expect(fs.statSync(join(root, 'dist/prod/a.yaml')).ino).not.toBe(inode);
  });

  test('does not hide a bug of ours as a refusal of the disk', () => {
    jest.spyOn(fs, 'writeFileSync').mockImplementation(() => {
      throw new TypeError('a bug');
    });
    expect(() => applyChanges(temporaryRoot(), [create('dist/prod/a.yaml', 'a')])).toThrow('a bug');
  });
});
