import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { readSources } from '../../../src/spec/read/sources.js';
import { podinfo, prod } from '../../support/repository.js';

const trees: string[] = [];

function repository(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'spillway-sources-'));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

const said = (root: string) =>
  readSources(root).diagnostics.map(({ code, at }) =>
    at === undefined ? code : `${at.file}:${at.line}:${at.column} ${code}`,
  );

describe('readSources', () => {
  test('reads clusters and then apps by name, and nothing else', () => {
    const root = repository({
      'clusters/prod.yaml': prod,
      'clusters/.#prod.yaml': '@',
      'clusters/README.md': '@',
      'clusters/prod.yaml.orig': '@',
      'apps/zebra.yaml': podinfo,
      'apps/ant.yml': podinfo,
      'apps/dashboards/shop.json': '@',
      'apps/.cache/old.yaml': '@',
    });
    const { sources, diagnostics } = readSources(root);
    expect(sources.map(({ file }) => file)).toEqual(['clusters/prod.yaml', 'apps/ant.yml', 'apps/zebra.yaml']);
    expect(diagnostics).toEqual([]);
  });

  test('warns at every file that nobody reads though it looks like a spec', () => {
    const root = repository({
      'clusters/prod.yaml': prod,
      'clusters/old/prod.yaml': '@',
      'clusters/dev.YAML': '@',
      'apps/ant.yaml': `${podinfo}manifests: [apps/ant/a.yaml, apps//ant/b.yml, apps/ant.json]\n`,
      'apps/ant.json': '{}',
      'apps/ant/a.yaml': '',
      'apps/ant/b.yml': '',
      'apps/ant/c.yaml': '@',
      'apps/team/deep/bee.yml': podinfo,
      'apps/data.json': '@',
    });
    const { diagnostics } = readSources(root);
    const unread = diagnostics.filter(({ code }) => code === 'file-not-read');
    expect(
      unread.map(({ severity, at }) => `${severity} ${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0}`),
    ).toEqual([
      'warning clusters/dev.YAML:1:1',
      'warning clusters/old/prod.yaml:1:1',
      'warning apps/ant/c.yaml:1:1',
      'warning apps/data.json:1:1',
      'warning apps/team/deep/bee.yml:1:1',
    ]);
    expect(unread.map(({ hint }) => hint?.split(' if ')[0])).toEqual([
      'make it clusters/dev.yaml',
      'move it to clusters/prod.yaml',
      'move it to apps/c.yaml',
      'make it apps/data.yaml',
      'move it to apps/bee.yaml',
    ]);
  });

  test('says nothing of unread files while an app’s file, which may name them, cannot be read', () => {
    const root = repository({ 'clusters/prod.yaml': prod, 'apps/a.yaml': '@', 'apps/a/b.yaml': '' });
    expect(said(root)).toEqual(['apps/a.yaml:1:1 yaml-syntax']);
  });

  test('says where it looked, and where above there are clusters', () => {
    const root = repository({ 'clusters/prod.yaml': prod, 'apps/team/a/x.yaml': podinfo });
    const from = (folder: string) => readSources(folder).diagnostics.map(({ message, hint }) => [message, hint]);
    expect(from(join(root, 'apps/team'))).toEqual([
      [`there is no folder clusters/ in ${root}/apps/team`, `pass --root ${root}, which holds clusters/`],
    ]);
    const before = process.cwd();
    try {
      process.chdir(join(root, 'apps/team'));
      expect(from('.')[0]?.[1]).toBe('pass --root ../.., which holds clusters/');
    } finally {
      process.chdir(before);
    }
    const lonely = repository({ 'apps/a.yaml': podinfo });
    expect(from(lonely)).toEqual([
      [`there is no folder clusters/ in ${lonely}`, 'pass --root DIR, or start a repository with `spillway init`'],
    ]);
  });

  test('needs no apps', () => {
    expect(said(repository({ 'clusters/prod.yaml': prod }))).toEqual([]);
  });

  test('says that there is no root, no clusters/ or no cluster', () => {
    expect(said('/nowhere/at/all')).toEqual(['root-missing']);
    expect(said('with\0NUL')).toEqual(['root-missing']);
    expect(said(repository({ 'apps/a.yaml': podinfo }))).toEqual(['clusters-missing']);
    expect(said(repository({ 'clusters/README.md': '' }))).toEqual(['clusters-missing']);
  });

  test('refuses a symbolic link that leads out of the root, and follows one within', () => {
    const root = repository({ 'clusters/prod.yaml': prod, 'shared/podinfo.yaml': podinfo });
    mkdirSync(join(root, 'apps'));
    symlinkSync('/etc/passwd', join(root, 'apps/out.yaml'));
    symlinkSync('../shared/podinfo.yaml', join(root, 'apps/podinfo.yaml'));
    symlinkSync('nowhere.yaml', join(root, 'apps/dangling.yaml'));
    symlinkSync('circle.yaml', join(root, 'apps/circle.yaml'));
    const { sources, diagnostics } = readSources(root);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['file-unreadable', 'apps/circle.yaml cannot be read: its symbolic links go round in a circle'],
      ['file-unreadable', 'apps/dangling.yaml cannot be read: there is no such file'],
      ['path-leaves-root', 'apps/out.yaml is a symbolic link that leads out of the repository'],
    ]);
    expect(sources.find(({ file }) => file === 'apps/podinfo.yaml')?.value).toBeDefined();
  });

  test('does not read a huge file', () => {
    const root = repository({ 'clusters/prod.yaml': prod, 'apps/huge.yaml': '' });
    truncateSync(join(root, 'apps/huge.yaml'), 50 * 1024 * 1024 * 1024);
    expect(said(root)).toEqual(['file-too-large']);
  });

  test('says that a folder is no file', () => {
    const root = repository({ 'clusters/prod.yaml': prod });
    mkdirSync(join(root, 'apps/a.yaml'), { recursive: true });
    expect(said(root)).toEqual(['file-unreadable']);
  });
});

describe('manifests', () => {
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';
  const withManifests = (...paths: string[]) => `${podinfo}manifests: [${paths.join(', ')}]\n`;

  test('are read where an app or an override names them, each object with its position', () => {
    const root = repository({
      'clusters/prod.yaml': prod,
      'apps/podinfo.yaml':
        podinfo.replace('{prod: {}}', '{prod: {manifests: [apps/podinfo/b.json]}}') +
        'manifests: [apps/podinfo/a.yaml]\n',
      'apps/podinfo/a.yaml': `---\n# first\n${configMap}---\n---\n${configMap}`,
      'apps/podinfo/b.json':
        '{"kind": "List", "apiVersion": "v1", "items": [\n {"apiVersion": "v1", "kind": "X", "metadata": {"name": "y"}}]}',
    });
    const { manifests, diagnostics } = readSources(root);
    expect(diagnostics).toEqual([]);
    const places = [...manifests].map(([path, { objects }]) => [
      path,
      ...objects.map(({ at }) => `${at.line}:${at.column}`),
    ]);
    expect(places).toEqual([
      ['apps/podinfo/a.yaml', '3:1', '8:1'],
      ['apps/podinfo/b.json', '2:2'],
    ]);
  });

  test('that are missing, folders, links out of the root or no objects are said where a person can change it', () => {
    const root = repository({
      'clusters/prod.yaml': prod,
      'apps/podinfo.yaml': withManifests('missing.yaml', 'apps', 'out.yaml', 'no.yaml', '../up.yaml', '/etc/passwd'),
      'no.yaml': 'kind: X\nmetadata: {name: x}\n---\n- list\n---\nvalue: {{ template }}\n',
    });
    symlinkSync('/etc/hostname', join(root, 'out.yaml'));
    const line = podinfo.split('\n').length;
    expect(said(root)).toEqual([
      `apps/podinfo.yaml:${line}:13 manifest-unreadable`,
      `apps/podinfo.yaml:${line}:27 manifest-unreadable`,
      `apps/podinfo.yaml:${line}:33 path-leaves-root`,
      'no.yaml:1:1 manifest-no-object',
      'no.yaml:4:1 manifest-no-object',
      'no.yaml:6:9 key-not-text',
      'no.yaml:6:1 manifest-no-object',
    ]);
  });
});
