import { describe, expect, test } from '@jest/globals';
import { bootstrapPlan } from '../../src/live/bootstrap/plan.js';
import { nextSteps } from '../../src/report/next-steps.js';
import { podinfo, resolvedCluster } from '../support/repository.js';

const text = (pathPrefix = '') => {
  const cluster = resolvedCluster({ apps: { podinfo } });
  const { steps } = bootstrapPlan(cluster, { pathPrefix, connection: {}, namespaceFiles: new Map() });
  return nextSteps([{ name: cluster.name, apps: 1, steps }], [], { colour: false, pathPrefix });
};

describe('nextSteps', () => {
  test('gives each command a line of its own, to be copied', () => {
    expect(text().split('\n')).toEqual(
      expect.arrayContaining([
        '  git add clusters apps dist eksctl && git commit',
        '  npx spillway bootstrap prod',
        '  eksctl create cluster -f eksctl/prod.yaml',
      ]),
    );
  });

  test('puts the way to the root before every path', () => {
    for (const path of ['shop/clusters', 'shop/eksctl/prod.yaml', '--root shop/'])
      expect(text('shop/')).toContain(path);
  });
});
