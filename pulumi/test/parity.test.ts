import { beforeAll, describe, expect, test } from '@jest/globals';
import { differences, flattened } from './built.js';
import type { Difference } from './built.js';
import { CLUSTERS, resolved } from './clusters.js';
import type { ClusterName } from './clusters.js';
import { EXPLAINED_DIFFERENCES } from './differences.js';
import { builtByEksctl } from './eksctl-side.js';
import { builtByPulumi } from './pulumi-side.js';
import { record } from './recording.js';

const names = Object.keys(CLUSTERS) as ClusterName[];
const found = new Map<ClusterName, Difference[]>();

beforeAll(async () => {
  for (const name of names) {
    const pulumi = builtByPulumi(await record(await resolved(name)), name);
    found.set(name, differences(flattened(builtByEksctl(name)), flattened(pulumi)));
  }
});

describe.each(names)('cluster %s by Pulumi', (name) => {
  test('is the one that eksctl builds, group by group and tag by tag, but for what has a reason', () => {
    const unexplained = (found.get(name) ?? []).filter(
      ({ path }) => !EXPLAINED_DIFFERENCES.some((explained) => explained.path.test(path)),
    );
    expect(unexplained).toEqual([]);
  });
});

test('what is compared holds something of everything', () => {
  const paths = [...flattened(builtByEksctl('blue')).keys()];
  for (const part of ['controlPlane', 'access', 'nodeGroups › burst', 'nodeGroups › burst-2', 'roles', 'addons'])
    expect(paths.filter((path) => path.startsWith(part)).length).toBeGreaterThan(1);
  expect([...flattened(builtByEksctl('prod')).keys()].filter((path) => path.startsWith('associations'))).toHaveLength(
    2,
  );
});

test('every reason is still needed', () => {
  const paths = [...found.values()].flat().map(({ path }) => path);
  const unneeded = EXPLAINED_DIFFERENCES.filter((explained) => !paths.some((path) => explained.path.test(path)));
  expect(unneeded).toEqual([]);
});
