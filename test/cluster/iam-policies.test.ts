import { spawnSync } from 'node:child_process';

import { expect, test } from '@jest/globals';

import { clusterConfigFiles, documentsOf } from './iam/documents.js';
import { EXPLAINED_FINDINGS, EXPLAINED_WILDCARDS } from './iam/reasons.js';
import type { FindingReason } from './iam/reasons.js';
import { wildcardsOf } from './iam/wildcards.js';
import { builtFiles } from './rig/parts.js';

// A referee from outside: parliament knows every action of AWS, its resources and its condition keys.

interface Finding {
  readonly policy: string;
  readonly issue: string;
  readonly detail: string;
}

const documents = clusterConfigFiles().flatMap(documentsOf);
const roleOf = new Map(documents.map(({ name, role }) => [name, role]));

function lint(given: Readonly<Record<string, unknown>>): Finding[] {
  const { status, stdout, stderr } = spawnSync(builtFiles().get('python') ?? 'python', ['test/cluster/iam/lint.py'], {
    input: JSON.stringify(given),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`parliament failed: ${stderr}`);
  return JSON.parse(stdout) as Finding[];
}

const findings = lint(Object.fromEntries(documents.map(({ name, document }) => [name, document])));

const explains = ({ role, issue, about }: FindingReason, finding: Finding): boolean =>
  role === roleOf.get(finding.policy) && issue === finding.issue && about.test(finding.detail);

test('there are documents of every controller, and of apps', () => {
  const roles = new Set(documents.map(({ role }) => role.replace(/-[0-9a-f]{8}$/, '')));
  expect([...roles]).toEqual(expect.arrayContaining(['cluster-autoscaler', 'load-balancer', 'argo-rollouts']));
  expect(roles.size).toBeGreaterThan(3);
});

test('the linter sees what is wrong with a document', () => {
  const broken = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['s3:GetObjekt', 'sqs:SendMessage'], Resource: ['*'] }],
  };
  expect(lint({ broken }).map(({ issue }) => issue)).toEqual(expect.arrayContaining(['UNKNOWN_ACTION']));
  const wide = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['*'] }],
  };
  expect(lint({ wide }).map(({ issue }) => issue)).toEqual(['RESOURCE_STAR']);
});

test('whatever the linter finds has a reason', () => {
  const unexplained = findings.filter((finding) => !EXPLAINED_FINDINGS.some((reason) => explains(reason, finding)));
  expect(unexplained).toEqual([]);
});

const wildcards = documents.flatMap((document) =>
  wildcardsOf(document).map((wildcard) => ({ name: document.name, role: document.role, wildcard })),
);

test('every wildcard has a reason', () => {
  const unexplained = wildcards.filter(
    ({ role, wildcard }) =>
      !EXPLAINED_WILDCARDS.some((reason) => reason.roles.includes(role) && reason.wildcards.includes(wildcard)),
  );
  expect(unexplained).toEqual([]);
});

test('every reason is still needed', () => {
  expect(EXPLAINED_FINDINGS.filter((reason) => !findings.some((finding) => explains(reason, finding)))).toEqual([]);
  const unneeded = EXPLAINED_WILDCARDS.flatMap((reason) =>
    reason.roles.flatMap((role) => reason.wildcards.map((wildcard) => ({ role, wildcard }))),
  ).filter((reason) => !wildcards.some(({ role, wildcard }) => role === reason.role && wildcard === reason.wildcard));
  expect(unneeded).toEqual([]);
});
