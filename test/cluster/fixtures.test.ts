import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { apply, diff } from './rig/apply.js';
import { useCluster } from './support/cluster.js';
import { kustomizedBootstrap } from './support/bootstrap.js';
import { renderedFilesBelow } from './support/dist.js';
import { install, layered } from './support/install.js';
import { unexpected } from './support/warnings.js';

// The golden trees, whose specs say everything that a spec can say and next to nothing: the API server takes them as it
// takes this repository's own (accepted.test.ts). No controllers and no nodes: what pods do is shown there.

const FIXTURES = join(process.cwd(), 'test', 'fixtures');

/** dist/<cluster>/ of every golden tree. */
const trees = readdirSync(FIXTURES).flatMap((fixture) => {
  const dist = join(FIXTURES, fixture, 'dist');
  return clustersOf(dist).map((cluster) => ({
    tree: `${fixture}, cluster ${cluster}`,
    fixture,
    dist: join(dist, cluster),
  }));
});

function clustersOf(dist: string): string[] {
  try {
    return readdirSync(dist, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return []; // upstream/ holds no tree
  }
}

test('both are here', () => {
  expect(trees.map(({ fixture }) => fixture).sort()).toEqual(['everything', 'minimal']);
});

const cluster = useCluster({ name: 'golden', components: [] });

// One after the other on one cluster: each takes over what the one before has applied.
describe.each(trees)('the golden tree $tree', ({ dist }) => {
  const layers = layered(renderedFilesBelow(dist).filter(({ path }) => !path.startsWith('bootstrap/')));
  const files = [...layers.crds, ...layers.namespaces, ...layers.rest];

  test("Argo CD's release takes its patches", async () => {
    const objects = await kustomizedBootstrap(cluster(), dist);
    const isFirst = ({ kind }: { kind: string }) => ['CustomResourceDefinition', 'Namespace'].includes(kind);
    expect(await apply(cluster(), { objects: objects.filter(isFirst) }, { serverSide: true })).toEqual([]);
    await cluster().crdsServed();
    const rest = { objects: objects.filter((object) => !isFirst(object)) };
    expect(await apply(cluster(), rest, { serverSide: true, dryRun: true })).toEqual([]);
  });

  test('each object passes a server-side dry run, strictly and without a warning', async () => {
    expect(await install(cluster(), { ...layers, rest: [] })).toEqual([]);
    const rest = { paths: layers.rest.map(({ file }) => file) };
    expect(unexpected(await apply(cluster(), rest, { dryRun: true }))).toEqual([]);
  });

  test('it applies, and a second apply would change nothing', async () => {
    expect(unexpected(await install(cluster(), layers))).toEqual([]);
    expect(await diff(cluster(), { paths: files.map(({ file }) => file) })).toBe('');
  });
});
