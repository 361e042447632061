import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, expect, test } from '@jest/globals';

import { readRequests } from './rights/audit.js';
import { bindingsOf, grantsOf } from './rights/grants.js';
import type { RenderedAccess } from './rights/grants.js';
import { judge } from './rights/judge.js';
import type { Verdict } from './rights/judge.js';
import { KNOWN_REFUSALS, REASONS } from './rights/reasons.js';
import { auditLogs, othersEnded } from './rights/run.js';
import { rightsTable } from './rights/table.js';
import { CLUSTERS, renderedFiles } from './support/dist.js';

// What the controllers asked the API servers of this whole run for, against what dist/ gives them. It runs last, on the
// audit logs of every other file; alone (`-- rights-used`) it judges the last run again.

const WAIT_MS = 600_000;

let verdict: Verdict | undefined;
const judged = () => {
  if (verdict === undefined) throw new Error('nothing was judged');
  return verdict;
};

beforeAll(async () => {
  await othersEnded(WAIT_MS);
  const requests = readRequests(auditLogs());
  const objects = CLUSTERS.flatMap((name) => renderedFiles(name).map(({ object }) => object as RenderedAccess));
  const input = { grants: grantsOf(objects), bindings: bindingsOf(objects), requests, reasons: REASONS };
  verdict = judge({ ...input, knownRefusals: KNOWN_REFUSALS });
  writeFileSync(join('.build', 'cluster', 'rights.md'), rightsTable(input));
}, WAIT_MS + 10_000);

test('every rendered right was used in this run, or rights/reasons.ts says why it is rendered', () => {
  expect(judged().needless).toEqual([]);
});

test('every reason is about a right that is rendered and was not used', () => {
  expect(judged().stale).toEqual([]);
});

test('nothing was refused that rights/reasons.ts does not know', () => {
  expect(judged().refused).toEqual([]);
});

test('every binding to a role of Kubernetes’ own let something through', () => {
  expect(judged().idleBindings).toEqual([]);
});
