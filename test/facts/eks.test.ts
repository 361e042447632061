import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import {
  clusterNamePattern,
  cloudWatchRetentionDays,
  controlPlaneLogTypes,
  logRetentionDays,
  nodeGroupNamePattern,
  regionPattern,
  regions,
} from '../../src/facts/eks.js';
import { eksctlSchema } from '../../src/facts/schemas.js';

test.each(['prod', 'Prod-2', 'a', 'a'.repeat(100)])('%s is a cluster name', (name) => {
  expect(name).toMatch(clusterNamePattern);
});

test.each(['', 'with_underscore', '-prod', '1prod', 'prod.eu', 'a'.repeat(101), 'prod\n'])(
  '%j is no cluster name',
  (name) => {
    expect(name).not.toMatch(clusterNamePattern);
  },
);

test('a node group name has at most 63 characters', () => {
  expect('a'.repeat(63)).toMatch(nodeGroupNamePattern);
  expect('a'.repeat(64)).not.toMatch(nodeGroupNamePattern);
});

test('every region has the form of a region', () => {
  for (const region of regions) expect(region).toMatch(regionPattern);
  expect([...regions].sort()).toEqual(regions);
  for (const wrong of ['us-east', 'us_east_1', 'us-east-1a', 'useast1', 'US-EAST-1']) {
    expect(wrong).not.toMatch(regionPattern);
  }
});

test('eksctl knows fewer retention times than CloudWatch', () => {
  expect(cloudWatchRetentionDays.filter((days) => !logRetentionDays.some((known) => known === days))).toEqual([
    1096, 2192, 2557, 2922, 3288,
  ]);
});

test("the log types are those of eksctl's schema", async () => {
  const validate = new Ajv({ strict: false }).compile(await eksctlSchema());
  const config = (enableTypes: readonly string[]) => ({
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'prod', region: 'us-east-1' },
    cloudWatch: { clusterLogging: { enableTypes } },
  });
  expect(validate(config(controlPlaneLogTypes))).toBe(true);
  expect(validate(config(['apiserver']))).toBe(false);
});
