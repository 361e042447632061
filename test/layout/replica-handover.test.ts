import { describe, expect, test } from '@jest/globals';
import { emitObject } from '../../src/layout/emit.js';
import type { FileChange } from '../../src/layout/file-spec.js';
import { replicaHandovers } from '../../src/layout/replica-handover.js';
import { podinfo, resolvedCluster } from '../support/repository.js';

const scaled = resolvedCluster({ apps: { podinfo: `${podinfo}scale: {min: 3, max: 9}\n` } });
const fixed = resolvedCluster({ apps: { podinfo: `${podinfo}scale: {min: 3, max: 3}\n` } });

function workload(kind: string, replicas?: number): string {
  const spec = { ...(replicas === undefined ? {} : { replicas }), template: { spec: { replicas: 'not these' } } };
  return emitObject(
    { apiVersion: 'apps/v1', kind, metadata: { name: 'podinfo', namespace: 'podinfo' }, spec },
    'apps/podinfo.yaml',
  );
}

function update(before: string, after: string): FileChange {
  return {
    kind: 'update',
    path: 'dist/prod/apps/podinfo/x.yaml',
    cluster: 'prod',
    owner: 'app/podinfo',
    before,
    after,
  };
}

describe('replicaHandovers', () => {
  test.each([
    ['Deployment', 'deployment.apps/podinfo'],
    ['Rollout', 'rollouts.argoproj.io/podinfo'],
  ])('warns, with the commands, where an HPA takes over the replicas of a %s', (kind, resource) => {
    const [warning, ...others] = replicaHandovers([scaled], [update(workload(kind, 3), workload(kind))]);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      code: 'replicas-handover',
      severity: 'warning',
      at: { file: 'apps/podinfo.yaml', line: 7 },
    });
    expect(warning?.message).toContain('(3)');
    expect(warning?.hint).toContain(
      `kubectl -n podinfo apply view-last-applied ${resource} -o yaml | sed '/^  replicas: /d' | kubectl -n podinfo apply set-last-applied -f -`,
    );
  });

  test.each([
    ['replicas stay', fixed, update(workload('Deployment', 2), workload('Deployment', 3))],
    ['there were none', scaled, update(workload('Deployment'), `${workload('Deployment')}x: 1\n`)],
    ['the workload is new', scaled, { ...update('', workload('Deployment')), kind: 'create' } as FileChange],
    ['it is no workload', scaled, update(workload('ReplicaSet', 3), workload('ReplicaSet'))],
    ['nothing can be read', scaled, update('  replicas: 3\n: [', workload('Deployment'))],
  ])('is silent where %s', (_, cluster, change) => {
    expect(replicaHandovers([cluster], [change])).toEqual([]);
  });
});
