import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { expect, test } from '@jest/globals';
import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node';

import { describeDiagnostics, prod } from '../support/repository.js';
import { renderTexts } from '../support/rendering.js';
import { apply } from './rig/apply.js';
import { useCluster } from './support/cluster.js';

const cluster = useCluster({ name: 'look-alikes', components: [] });

/** Texts that some YAML reader takes for a boolean, a number, a time, a date, nothing, or a key of its own. */
const TEXTS = [
  'on',
  'off',
  'yes',
  'No',
  'y',
  'true',
  '~',
  'null',
  '',
  '012',
  '0o14',
  '0x1f',
  '1e3',
  '1_000',
  '.5',
  '.inf',
  '1:30',
  '2026-11-23',
  '=',
  '<<',
  '- a',
  'a: b',
  '# c',
  ' padded ',
  'two\nlines\n',
  '"quoted"',
  '{}',
  '[1]',
  '@at',
  '%x',
  '!tag',
  '&a',
  '*a',
];

test('values of variables and files that YAML readers mistake come back from the API as the texts that they are', async () => {
  const app = {
    name: 'shop',
    image: 'example.com/shop:1.0.0',
    port: 8080,
    env: Object.fromEntries(TEXTS.map((text, i) => [`TEXT_${i}`, text])),
    files: Object.fromEntries(TEXTS.map((text, i) => [`/etc/shop/text-${i}`, text])),
    clusters: { prod: {} },
  };
  const rendering = await renderTexts({ clusters: { prod }, apps: { shop: JSON.stringify(app) } });
  const wanted = ['Namespace-shop.yaml', 'Deployment-shop.yaml', 'ConfigMap-'];
  const files = rendering.files.filter(
    ({ path }) => wanted.some((it) => basename(path).includes(it)) && path.includes('shop'),
  );
  if (files.length < 3)
    throw new Error(`${files.length} files were rendered: ${describeDiagnostics(rendering.diagnostics)}`);

  const folder = mkdtempSync(join(tmpdir(), 'spillway-look-alikes-'));
  try {
    const paths = files.map(({ path, text }) => {
      const file = join(folder, basename(path));
      writeFileSync(file, text);
      return file;
    });
    await apply(cluster(), {
      paths: paths.toSorted((a, b) => Number(b.includes('Namespace')) - Number(a.includes('Namespace'))),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }

  const [deployment] = await cluster().get<V1Deployment>('deployment', 'shop', '--namespace=shop');
  const env = deployment?.spec?.template.spec?.containers[0]?.env ?? [];
  expect(TEXTS.map((_, i) => env.find(({ name }) => name === `TEXT_${i}`)?.value ?? '')).toEqual(TEXTS);
  const maps = await cluster().get<V1ConfigMap>('configmaps', '--namespace=shop');
  const stored = maps.flatMap(({ data = {} }) => Object.values(data));
  for (const text of TEXTS) expect(stored).toContain(text);
});
