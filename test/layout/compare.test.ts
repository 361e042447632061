import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { compareFiles } from '../../src/layout/compare.js';
import { renderedMark } from '../../src/layout/emit.js';
import type { FileSpec } from '../../src/layout/file-spec.js';
import { indexFile } from '../../src/layout/index-file.js';
import { put, temporaryRoot } from './temporary-root.js';

const service = 'dist/prod/apps/web/web.Service-web.yaml';
const role = 'dist/prod/apps/web/web.Role-web.yaml';
const all = { clusters: ['prod'], complete: true };

function planned(texts: Readonly<Record<string, string>>, cluster = 'prod'): FileSpec[] {
  const files = Object.entries(texts).map(([path, text]): FileSpec => ({
    path,
    cluster,
    owner: { kind: 'app', app: 'web' },
    text: renderedMark + text,
  }));
  return [...files, indexFile(cluster, files)];
}

/** A root as a render of these texts leaves it. */
function renderedRoot(texts: Readonly<Record<string, string>>, cluster = 'prod'): string {
  return temporaryRoot(Object.fromEntries(planned(texts, cluster).map(({ path, text }) => [path, text])));
}

function kinds(root: string, files: readonly FileSpec[], scope = all): Record<string, string> {
  const { changes } = compareFiles(root, files, scope);
  return Object.fromEntries(changes.map(({ path, kind }) => [path, kind]));
}

const codes = (root: string, files: readonly FileSpec[], scope = all) =>
  compareFiles(root, files, scope).diagnostics.map(({ severity, code, at }) => `${severity} ${code} ${at?.file ?? ''}`);

describe('compareFiles', () => {
  test('says of each file whether it is created, updated, deleted or unchanged', () => {
    const root = renderedRoot({ [service]: 'a', [role]: 'b', 'dist/prod/apps/old/Role-old.yaml': 'c' });
    expect(kinds(root, planned({ [service]: 'a', [role]: 'B', 'dist/prod/apps/web/new.yaml': 'd' }))).toEqual({
      [service]: 'unchanged',
      [role]: 'update',
      'dist/prod/apps/web/new.yaml': 'create',
      'dist/prod/apps/old/Role-old.yaml': 'delete',
      'dist/prod/index.json': 'update',
    });
  });

  test('sees a change of one byte, and bytes that are no UTF-8', () => {
    const root = renderedRoot({ [service]: 'a\ufffd' });
    expect(kinds(root, planned({ [service]: 'a\ufffd' }))[service]).toBe('unchanged');
    put(root, service, Buffer.concat([Buffer.from(`${renderedMark}a`), Buffer.from([0xff])]));
    expect(kinds(root, planned({ [service]: 'a\ufffd' }))[service]).toBe('update');
  });

  test('reports a file in dist/ that no render wrote, and never deletes it', () => {
    const root = renderedRoot({ [service]: 'a' });
    put(root, 'dist/prod/apps/web/mine.yaml', 'kind: Secret');
    put(root, 'dist/other/notes.txt', 'x');
    put(root, 'dist/README.md', 'x');
    expect(codes(root, planned({ [service]: 'a' }))).toEqual([
      'warning unknown-file dist/README.md',
      'warning unknown-file dist/other/notes.txt',
      'warning unknown-file dist/prod/apps/web/mine.yaml',
    ]);
    expect(Object.values(kinds(root, planned({ [service]: 'a' })))).not.toContain('delete');
  });

  test('deletes all files of a cluster whose spec is gone, but only where all clusters were rendered', () => {
    const root = renderedRoot({ 'dist/gone/apps/web/Role-web.yaml': 'a', 'eksctl/gone.yaml': 'b' }, 'gone');
    const deleted = {
      'dist/gone/apps/web/Role-web.yaml': 'delete',
      'dist/gone/index.json': 'delete',
      'eksctl/gone.yaml': 'delete',
    };
    expect(kinds(root, planned({ [service]: 'a' }))).toMatchObject(deleted);
    expect(kinds(root, planned({ [service]: 'a' }), { clusters: ['prod'], complete: false })).toEqual({
      [service]: 'create',
      'dist/prod/index.json': 'create',
    });
    expect(codes(root, planned({ [service]: 'a' }), { clusters: ['prod'], complete: false })).toEqual([]);
  });

  test('refuses to overwrite what a person wrote where a rendered file should stand', () => {
    const root = temporaryRoot({ 'eksctl/prod.yaml': 'kind: ClusterConfig # by hand' });
    const files = planned({ 'eksctl/prod.yaml': 'ours' });
    expect(codes(root, files)).toEqual(['error foreign-file eksctl/prod.yaml']);
    expect(compareFiles(root, files, all).changes).toEqual([]);
  });

  test('knows its own files without index.json, and edited ones by it', () => {
    const lost = temporaryRoot({ [service]: `${renderedMark}a` });
    expect(kinds(lost, planned({ [service]: 'b' }))[service]).toBe('update');
    const edited = renderedRoot({ [service]: 'a' });
    put(edited, service, 'mark removed');
    expect(kinds(edited, planned({ [service]: 'b' }))[service]).toBe('update');
  });

  test('leaves files beside ours in eksctl/ alone', () => {
    const root = renderedRoot({ 'eksctl/prod.yaml': 'a' });
    put(root, 'eksctl/by-hand.yaml', 'x');
    expect(codes(root, planned({ 'eksctl/prod.yaml': 'a' }))).toEqual([]);
  });

  test('deletes what an interrupted render of ours left behind', () => {
    const root = renderedRoot({ [service]: 'a' });
    put(root, 'dist/prod/apps/web/.web.Service-web.yaml.spillway-new', 'half');
    expect(kinds(root, planned({ [service]: 'a' }))['dist/prod/apps/web/.web.Service-web.yaml.spillway-new']).toBe(
      'delete',
    );
  });

  test.each([
    ['dist', 'dist'],
    ['dist/prod', 'dist/prod'],
    ['dist/prod/apps/web', 'dist/prod/apps/web'],
    [service, service],
    ['dist/prod/index.json', 'dist/prod/index.json'],
  ])('refuses a symbolic link at %s', (link, reported) => {
    const root = temporaryRoot({ 'elsewhere/x': '' });
    mkdirSync(join(root, link, '..'), { recursive: true });
    symlinkSync(join(root, 'elsewhere'), join(root, link));
    expect(codes(root, planned({ [service]: 'a' }))).toEqual([`error symbolic-link ${reported}`]);
    expect(compareFiles(root, planned({ [service]: 'a' }), all).changes).toEqual([]);
  });

  test('does not follow a link on the way to a file that it would delete', () => {
    const root = renderedRoot({ [service]: 'a', 'dist/prod/apps/old/Role-old.yaml': 'c' });
    const other = temporaryRoot({ 'Role-old.yaml': 'precious' });
    const texts = planned({ [service]: 'a' });
    const old = join(root, 'dist/prod/apps/old');
    // The folder was replaced by a link since the last render.
    rmSync(old, { recursive: true });
    symlinkSync(other, old);
    expect(codes(root, texts)).toContain('error symbolic-link dist/prod/apps/old');
  });

  test('says in one line that dist is no folder', () => {
    const root = temporaryRoot({ dist: 'a file' });
    expect(compareFiles(root, planned({ [service]: 'a' }), all).diagnostics).toMatchObject([
      { code: 'cannot-write', severity: 'error', message: 'cannot write dist: it is not a folder' },
    ]);
  });
});
