import { expect, test } from '@jest/globals';
import { parseSpecs } from '../../../src/spec/parse/specs.js';
import { parseSource } from '../../../src/spec/read/source.js';
import { podinfo, prod } from '../../support/repository.js';
import { parse } from '../said.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const placed = (diagnostics: ReturnType<typeof parse>['diagnostics']) =>
  diagnostics.map(({ at, code }) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0} ${code}`);

test('a name that is not the file’s is said at the name', () => {
  const { diagnostics } = parse({
    clusters: { prod: prod.replace('name: prod', 'name: production') },
    apps: { info: podinfo.replace('{prod: {}}', '{production: {}}') },
  });
  expect(placed(diagnostics)).toEqual(['apps/info.yaml:1:7 name-not-file', 'clusters/prod.yaml:1:7 name-not-file']);
});

test('two files with one name are said at both', () => {
  const sources = [
    parseSource('cluster', 'clusters/prod.yaml', bytes(prod)),
    parseSource('app', 'apps/podinfo.yaml', bytes(podinfo)),
    parseSource('app', 'apps/podinfo.yml', bytes(podinfo)),
    parseSource('cluster', 'clusters/other.yaml', bytes(prod)),
  ].map(({ source }) => source);
  expect(placed(parseSpecs(sources).diagnostics)).toEqual([
    'apps/podinfo.yaml:1:7 duplicate-app',
    'apps/podinfo.yml:1:7 duplicate-app',
    'clusters/other.yaml:1:7 duplicate-cluster',
    'clusters/prod.yaml:1:7 duplicate-cluster',
  ]);
});

test('a cluster whose file cannot be read is still one that apps may name', () => {
  const { diagnostics, specs } = parse({ clusters: { prod: 'name: @prod\n' }, apps: { podinfo } });
  expect(placed(diagnostics)).toEqual(['clusters/prod.yaml:1:7 yaml-syntax']);
  expect(specs).toEqual({ clusters: [], apps: [], unreadableApps: [] });
});

test('an app whose file cannot be read is named as such', () => {
  expect(parse({ apps: { podinfo: '{' } }).specs.unreadableApps).toEqual(['podinfo']);
});

test('clusters and apps are in the order of their names, whatever the order of files', () => {
  const staging = prod.replace('prod', 'staging');
  const app = (name: string) => podinfo.replace('podinfo', name).replace('{prod: {}}', '{staging: {}, prod: {}}');
  const { specs, diagnostics } = parse({ clusters: { staging, prod }, apps: { zebra: app('zebra'), ant: app('ant') } });
  expect(diagnostics).toEqual([]);
  expect(specs.clusters.map(({ value }) => value.name)).toEqual(['prod', 'staging']);
  expect(specs.apps.map(({ cluster, spec }) => `${cluster}/${spec.value.name}`)).toEqual([
    'prod/ant',
    'prod/zebra',
    'staging/ant',
    'staging/zebra',
  ]);
});

test('the objects of its manifests are with the app', () => {
  const { specs, diagnostics } = parse({
    apps: { podinfo: `${podinfo}manifests: [apps/podinfo/extra.yaml]\n` },
    manifests: { 'apps/podinfo/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n' },
  });
  expect(diagnostics).toEqual([]);
  expect(specs.apps[0]?.manifests).toEqual([
    {
      path: 'apps/podinfo/extra.yaml',
      objects: [
        {
          object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } },
          at: { file: 'apps/podinfo/extra.yaml', line: 1, column: 1, length: 14 },
        },
      ],
    },
  ]);
});
