import { describe, expect, test } from '@jest/globals';
import { emitObject } from '../../src/layout/emit.js';
import type { FileChange } from '../../src/layout/file-spec.js';
import { rolloutHandovers } from '../../src/layout/rollout-handover.js';
import { podinfo, resolvedCluster } from '../support/repository.js';

const cluster = resolvedCluster({ apps: { podinfo: `${podinfo}release: {canary: [50%, 1m]}\n` } });

function path(kind: string): string {
  return `dist/prod/apps/podinfo/podinfo.${kind}-podinfo.yaml`;
}

function create(kind: string): FileChange {
  const object = { apiVersion: 'x/v1', kind, metadata: { name: 'podinfo', namespace: 'podinfo' }, spec: {} };
  const after = emitObject(object, 'apps/podinfo.yaml');
  return { kind: 'create', path: path(kind), cluster: 'prod', owner: 'app/podinfo', after };
}

function gone(kind: string): FileChange {
  return { kind: 'delete', path: path(kind), cluster: 'prod', owner: 'app/podinfo' };
}

describe('rolloutHandovers', () => {
  test.each([
    ['Deployment', 'Rollout', 'deployments.apps', 'rollouts.argoproj.io'],
    ['Rollout', 'Deployment', 'rollouts.argoproj.io', 'deployments.apps'],
  ])('keeps the pods of a %s that becomes a %s', (old, now, oldResource, newResource) => {
    const [warning, ...others] = rolloutHandovers([cluster], [create(now), gone(old)]);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      code: 'rollout-handover',
      severity: 'warning',
      at: { file: 'apps/podinfo.yaml', line: 7 },
    });
    expect(warning?.message).toContain(`${old} podinfo on prod becomes a ${now}`);
    expect(warning?.hint?.split('\n').filter((line) => line.startsWith('  '))).toEqual([
      `  kubectl -n podinfo annotate ${oldResource} podinfo argocd.argoproj.io/sync-options=Prune=false`,
      `  kubectl -n podinfo get ${newResource} podinfo -w`,
      `  kubectl -n podinfo delete ${oldResource} podinfo`,
    ]);
  });

  test.each([
    ['the app is new', [create('Rollout')]],
    ['the app is gone', [gone('Deployment')]],
    ['other kinds come and go', [create('Service'), gone('Ingress')]],
    [
      'it happens on a cluster that is not rendered',
      [create('Rollout'), gone('Deployment')].map((change) => ({ ...change, cluster: 'staging' })),
    ],
  ])('is silent where %s', (_, changes) => {
    expect(rolloutHandovers([cluster], changes)).toEqual([]);
  });
});
