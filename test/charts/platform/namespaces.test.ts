import { describe, expect, test } from '@jest/globals';
import { objectNamed, podinfo, prod } from '../../support/repository.js';
import { componentObjects, kinds, specOf } from './parts.js';

describe('namespaces', () => {
  test('are those of apps, of settings and of Argo Rollouts, each once and sorted', () => {
    const objects = componentObjects('namespaces', {
      cluster: `${prod}namespaces: {spare: {}}\n`,
      apps: { podinfo, web: podinfo.replace('name: podinfo', 'name: web\nnamespace: podinfo') },
    });
    expect(kinds(objects)).toEqual(['Namespace argo-rollouts', 'Namespace podinfo', 'Namespace spare']);
  });

  test('enforce Pod Security as of the cluster’s minor', () => {
    const { metadata } = objectNamed(componentObjects('namespaces', { apps: { podinfo } }), 'Namespace', 'podinfo');
    expect(metadata.labels).toEqual({
      'app.kubernetes.io/managed-by': 'spillway',
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.35',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'v1.35',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'v1.35',
    });
  });

  test('take a written level and written labels, which cannot relax the level', () => {
    const cluster = `${prod}namespaces:
  podinfo: {podSecurity: baseline, labels: {team: web, pod-security.kubernetes.io/enforce: privileged}}
`;
    const { metadata } = objectNamed(
      componentObjects('namespaces', { cluster, apps: { podinfo } }),
      'Namespace',
      'podinfo',
    );
    expect(metadata.labels).toMatchObject({ team: 'web', 'pod-security.kubernetes.io/enforce': 'baseline' });
  });

  test('ask for readiness gates where an app has an ingress, and only there', () => {
    const withIngress = podinfo.replace(
      'clusters:',
      'ingress: {host: podinfo.example.com, certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/x"}\nclusters:',
    );
    const objects = componentObjects('namespaces', { apps: { podinfo: withIngress } });
    const gate = 'elbv2.k8s.aws/pod-readiness-gate-inject';
    expect(objectNamed(objects, 'Namespace', 'podinfo').metadata.labels).toHaveProperty([gate], 'enabled');
    expect(objectNamed(objects, 'Namespace', 'argo-rollouts').metadata.labels).not.toHaveProperty([gate]);
  });

  test('are never pruned, and hold nothing up when they are left over', () => {
    for (const { metadata } of componentObjects('namespaces', { apps: { podinfo } })) {
      expect(metadata.annotations).toEqual({
        'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=confirm',
      });
    }
  });
});

describe('a quota', () => {
  const quotaOf = (quota: string) =>
    specOf(
      objectNamed(
        componentObjects('namespaces', {
          cluster: `${prod}namespaces: {podinfo: {quota: ${quota}}}\n`,
          apps: { podinfo },
        }),
        'ResourceQuota',
        'quota',
      ),
    );

  test('stands in its namespace, in the API server’s own form', () => {
    expect(quotaOf('{cpu: 2000m, memory: 8192Mi, pods: 40}')).toEqual({
      hard: { 'requests.cpu': '2', 'requests.memory': '8Gi', pods: '40' },
    });
    expect(quotaOf('{cpu: 1.5, memory: 1536Mi}')).toEqual({
      hard: { 'requests.cpu': '1500m', 'requests.memory': '1536Mi' },
    });
    expect(quotaOf('{memory: 1k}')).toEqual({ hard: { 'requests.memory': '1000' } });
  });

  test('is there only where it was asked for', () => {
    expect(kinds(componentObjects('namespaces', { apps: { podinfo } }))).not.toContain('ResourceQuota quota');
  });
});
