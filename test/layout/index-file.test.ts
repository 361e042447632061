import { describe, expect, test } from '@jest/globals';
import type { FileSpec } from '../../src/layout/file-spec.js';
import { indexFile, parseIndex } from '../../src/layout/index-file.js';

const file = (path: string, app: string): FileSpec => ({
  path,
  cluster: 'prod',
  owner: { kind: 'app', app },
  text: '',
});
const files = [file('dist/prod/apps/b/Service-b.yaml', 'b'), file('dist/prod/apps/a/Service-a.yaml', 'a')];

describe('index.json', () => {
  test('names path and owner of each file, sorted, one a line, and nothing that changes with a file’s content', () => {
    const { path, text } = indexFile('prod', files);
    expect(path).toBe('dist/prod/index.json');
    expect(text).toBe(
      '[\n  {"path": "dist/prod/apps/a/Service-a.yaml", "owner": "app/a"},\n  {"path": "dist/prod/apps/b/Service-b.yaml", "owner": "app/b"}\n]\n',
    );
    expect(JSON.parse(text)).toEqual(parseIndex('prod', text));
  });

  test('is still read where Git left the markers of a merge conflict in it', () => {
    const text = indexFile('prod', files)
      .text.replace('},\n', '},\n<<<<<<< HEAD\n=======\n')
      .replace(/\n\]/, '\n>>>>>>> branch\n]');
    expect(parseIndex('prod', text).map(({ owner }) => owner)).toEqual(['app/a', 'app/b']);
  });

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    'dist/prod/../../secret.yaml',
    'dist/prod//x.yaml',
    'dist/prod/..\\..\\x.yaml',
    'dist/staging/apps/a/Service-a.yaml',
    'eksctl/staging.yaml',
    'clusters/prod.yaml',
    'dist/prod',
  ])('never gives leave to delete %s', (path) => {
    expect(parseIndex('prod', `[\n  {"path": ${JSON.stringify(path)}, "owner": "app/a"}\n]\n`)).toEqual([]);
  });

  test('reads nothing from what is no index', () => {
    for (const text of ['', '{}', 'null', '[1,2]', '{"path": 1}', '\u0000'])
      expect(parseIndex('prod', text)).toEqual([]);
  });
});
