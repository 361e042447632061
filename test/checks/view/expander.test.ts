import { expect, test } from '@jest/globals';
import { prioritiesText } from '../../../charts/platform/priority-expander.js';
import { exampleAsgName, expanderEntries, goPattern } from '../../../src/checks/view/expander.js';
import { resolvedCluster } from '../../support/repository.js';

test('the table that is rendered is read back', () => {
  const { nodeGroups } = resolvedCluster({});
  expect(expanderEntries(prioritiesText(nodeGroups))).toEqual([
    { priority: 50, pattern: '^eks-base-[0-9a-f]{8}-' },
    { priority: 10, pattern: '^eksctl-prod-nodegroup-burst-(?i:nodegroup)-' },
  ]);
});

test('a table in another form is not guessed at', () => {
  expect(expanderEntries('50: [a, b]\n')).toBeUndefined();
  expect(expanderEntries('  - a\n')).toBeUndefined();
  expect(expanderEntries("# first\n50:\n- 'it''s'\n")).toEqual([{ priority: 50, pattern: "it's" }]);
});

test('Go’s case-insensitive group is understood, and what is no pattern is told', () => {
  const pattern = goPattern('^eksctl-prod-nodegroup-burst-(?i:nodegroup)-');
  expect(pattern?.test(exampleAsgName('prod', { name: 'burst', managed: false }))).toBe(true);
  expect(pattern?.test(exampleAsgName('prod', { name: 'burst', managed: false }).toLowerCase())).toBe(true);
  expect(pattern?.test(exampleAsgName('prod', { name: 'burst-2', managed: false }))).toBe(false);
  expect(goPattern('(')).toBeUndefined();
});
