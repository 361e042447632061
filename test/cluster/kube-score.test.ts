import { spawnSync } from 'node:child_process';

import { describe, expect, test } from '@jest/globals';

import { builtFiles } from './rig/parts.js';
import { CLUSTERS, renderedFiles } from './support/dist.js';
import type { ClusterName } from './support/dist.js';

// A referee from outside. It knows no Rollouts, so those are shown to it as the Deployments that they are otherwise.

/** What kube-score calls critical and we do on purpose: its words → why. */
const REASONS: Readonly<Record<string, string>> = {
  'CPU limit is not set':
    'a CPU limit throttles a pod while its node is idle; requests share the CPU out when it is not (docs/spec.md, resources)',
  'Ephemeral Storage limit is not set': 'the root file system is read-only and emptyDirs have their own sizeLimit',
  'Ephemeral Storage request is not set': 'as above: pods write to memory-backed or sized volumes only',
  'ImagePullPolicy is not set to Always': 'images are pinned; with Always a registry that is down stops every restart',
  'The container is running with a low user ID':
    'the user is the image’s own; with another one it cannot read its files',
  'The container running with a low group ID': 'as above',
  'The pod does not have a matching NetworkPolicy':
    'kube-system and argo-rollouts: the controllers talk to the API server and are called by it, whose addresses no policy can name',
  'Container has the same readiness and liveness probe':
    'what upstream’s manifests of Online Boutique state (test/fixtures/upstream); Spillway itself adds no liveness probe',
  "The NetworkPolicys selector doesn't match any pods":
    'frontend-analysis is for the pods of the analysis Job, which exist during a release only',
};

interface Scored {
  readonly object_name: string;
  readonly checks: readonly {
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly summary: string }[] | null;
  }[];
}

const CRITICAL = 1;

describe.each(CLUSTERS)('kube-score on what is rendered for %s', (name) => {
  test('every critical finding has a reason', () => {
    const unexplained = criticalFindings(name).filter(([, summary]) => !(summary in REASONS));
    expect(unexplained).toEqual([]);
  });
});

test('every reason is still needed', () => {
  const said = new Set(CLUSTERS.flatMap((name) => criticalFindings(name).map(([, summary]) => summary)));
  expect(Object.keys(REASONS).filter((summary) => !said.has(summary))).toEqual([]);
});

/** [object, summary] of each. */
function criticalFindings(name: ClusterName): (readonly [string, string])[] {
  const objects = renderedFiles(name)
    .map(({ object }) => object)
    .filter(
      ({ apiVersion, kind }) =>
        (!apiVersion.startsWith('argoproj.io/') && kind !== 'CustomResourceDefinition') || kind === 'Rollout',
    );
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const input = text.replaceAll(
    '"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout"',
    '"apiVersion":"apps/v1","kind":"Deployment"',
  );
  const binary = builtFiles().get('kube-score') ?? 'kube-score';
  const run = spawnSync(binary, ['score', '--kubernetes-version=v1.35', '--output-format=json', '-'], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) throw run.error;
  const scored = JSON.parse(run.stdout) as Scored[];
  if (scored.length === 0) throw new Error(`kube-score judged nothing: ${run.stderr}`);
  return scored.flatMap(({ object_name: object, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade === CRITICAL && !skipped)
      .flatMap(({ comments }) => (comments ?? []).map(({ summary }) => [object, summary] as const)),
  );
}
