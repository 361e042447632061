import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { cloudWatchRetentionDays, controlPlaneLogTypes, logRetentionDays, regions } from '../../src/facts/eks.js';
import { eksctlSchema } from '../../src/facts/schemas.js';

test('regions are sorted, each once, and have the form that a spec may say', () => {
  expect([...new Set(regions)].sort()).toEqual(regions);
  for (const region of regions) expect(region).toMatch(/^[a-z]{2}(-gov)?-[a-z]+-\d$/);
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
