import { expect, test } from '@jest/globals';

import { waitForAllGood } from '../support/applications.js';
import { useGitOps } from '../support/gitops.js';
import { FREQUENT_COMPARISON, restlessness, untilAtRest } from '../support/idle.js';
import { nodesOfGroups } from '../support/node-groups.js';

// The whole of prod, left alone: `npm run test:cluster:long`. sync.test.ts looks at a minute of it.

const MINUTE_MS = 60_000;

const gitops = useGitOps({
  cluster: { name: 'idle', nodes: nodesOfGroups('prod', { base: 4, burst: 1 }) },
  as: 'prod',
  repository: {},
});

test(
  'for ten minutes of idling nothing flaps, nothing syncs, nothing changes',
  async () => {
    const { cluster, repository, argocd } = gitops();
    await argocd.restart(FREQUENT_COMPARISON);
    await waitForAllGood(cluster, repository.applicationNames('prod'), 2 * MINUTE_MS);
    await untilAtRest(gitops());
    const { comparisons, ...stirred } = await restlessness(gitops(), 10 * MINUTE_MS);
    console.log(`every Application was compared with Git at least ${comparisons} times`);
    expect(stirred).toEqual({ unwell: [], syncs: [], changed: [] });
    expect(comparisons).toBeGreaterThanOrEqual(30);
  },
  15 * MINUTE_MS,
);
