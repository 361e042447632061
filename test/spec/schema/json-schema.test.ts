import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import { supportedKubernetesVersions } from '../../../src/facts/versions.js';
import { renderSources } from '../../../src/pipeline.js';
import { parseSource } from '../../../src/spec/read/source.js';
import { examples } from '../../../src/spec/schema/generate/examples.js';
import { appJsonSchema, clusterJsonSchema } from '../../../src/spec/schema/generate/json-schema.js';
import { specReference } from '../../../src/spec/schema/generate/reference.js';
import { describeDiagnostics, prod, sourcesOf } from '../../support/repository.js';

const ajv = new Ajv({ strict: false, allErrors: true });
const validators = { app: ajv.compile(appJsonSchema()), cluster: ajv.compile(clusterJsonSchema()) };

/** Where the JSON Schema finds something wrong with a text, each place once. */
function wrong(kind: 'app' | 'cluster', text: string): string[] {
  const { source, diagnostics } = parseSource(kind, 'x.yaml', new TextEncoder().encode(text));
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  const validate = validators[kind];
  return validate(source.value) ? [] : [...new Set((validate.errors ?? []).map(({ instancePath }) => instancePath))];
}

const root = resolve(__dirname, '../../..');
const files = (['clusters', 'apps'] as const).flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [`${folder}/${name}`, folder === 'apps' ? 'app' : 'cluster'] as const),
);

describe('the JSON Schemas for editors', () => {
  test.each(files)('take %s', (file, kind) => {
    expect(wrong(kind, readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });

  test.each(examples.map(({ title, kind, text }) => [title, kind, text] as const))(
    'take the example: %s',
    (_, kind, text) => {
      expect(wrong(kind, text)).toEqual([]);
    },
  );

  test('take whatever overrides and null make good', () => {
    const text = `name: a
args:
ingress: {path: null}
clusters:
  prod:
  staging: {image: acme/a:1, scale: null, health: {readiness: {http: {port: http}}}, env: {A: {secret: {key: x}}, B: null}}
`;
    expect(wrong('app', text)).toEqual([]);
  });

  test.each<[string, string]>([
    ['prt: 80', ''],
    ['port: high', '/port'],
    ['capacity: cheap', '/capacity'],
    ['args: [null]', '/args/0'],
    ['clusters: {prod: {prt: 80}}', '/clusters/prod'],
    ['clusters: {prod: {kind: worker}}', '/clusters/prod'],
    ['clusters: {prod: {volumes: [{name: x}]}}', '/clusters/prod/volumes/0'],
    ['clusters: [prod]', '/clusters'],
  ])('refuse %s', (line, place) => {
    expect(wrong('app', `name: a\nimage: acme/a:1\n${line}\n`)).toContain(place);
  });

  test('refuse a wrong cluster', () => {
    expect(wrong('cluster', prod.replace('capacity: spot', 'capacity: sport'))).toContain('/nodeGroups/1/capacity');
    expect(wrong('cluster', prod.replace('region:', 'regoin:'))).toEqual(['']);
  });

  test('offer the Kubernetes versions that are rendered, and no other', () => {
    const { properties } = clusterJsonSchema();
    expect(properties?.['kubernetesVersion']).toMatchObject({ enum: [...supportedKubernetesVersions, null] });
    expect(wrong('cluster', prod.replace('"1.35"', '"1.12"'))).toEqual(['/kubernetesVersion']);
  });

  test('fold the default and its reason into the description', () => {
    const { properties } = appJsonSchema();
    expect(properties?.['capacity']).toEqual({
      description:
        'overflow: on-demand first, Spot when it is full. prefer-spot: Spot first. on-demand: never on Spot. ' +
        'Default: overflow (stable while there is room, cheap when load comes).',
      default: 'overflow',
      type: ['string', 'null'],
      enum: ['overflow', 'prefer-spot', 'on-demand', null],
    });
    expect(JSON.stringify([appJsonSchema(), clusterJsonSchema()])).not.toMatch(/x-why|x-default|9007199254740991/);
  });
});

describe('docs/spec.md', () => {
  const reference = specReference();

  test('its examples are one repository without errors, warnings or remarks', async () => {
    const texts = [
      ...reference.matchAll(/^```yaml\n(# yaml-language-server: \$schema=\.\.\/schemas\/(\w+)\.json\n[^]*?)^```$/gm),
    ];
    expect(texts).toHaveLength(examples.length);
    const named = (kind: string) =>
      Object.fromEntries(
        texts
          .filter(([, , found]) => found === kind)
          .map(([, text = '']) => [/^name: (.*)$/m.exec(text)?.[1] ?? '', text]),
      );
    const sources = sourcesOf({ clusters: named('cluster'), apps: named('app') });
    const { diagnostics, files, clusterNames } = await renderSources(sources);
    expect(describeDiagnostics(diagnostics)).toBe('');
    expect(clusterNames).toEqual(['prod', 'staging']);
    expect(files.length).toBeGreaterThan(0);
  });

  test('names every field with its type, default and reason', () => {
    expect(reference).toContain(
      '| `capacity` | `overflow`, `prefer-spot` or `on-demand` | `overflow` | overflow: on-demand first, Spot when it is full. ' +
        'prefer-spot: Spot first. on-demand: never on Spot. *Why: stable while there is room, cheap when load comes.* |',
    );
    expect(reference).toContain('| `image` | image reference such as');
    expect(reference).toMatch(/\| `image` \| .* \| \*\*required\*\* \|/);
    expect(reference).toMatch(/### `health\.readiness`\n\nThe same at `health\.liveness`, `health\.startup`/);
  });

  test('every row of every table has four cells', () => {
    const rows = reference.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect([row, row.split(/(?<!\\)\|/).length]).toEqual([row, 6]);
  });
});
