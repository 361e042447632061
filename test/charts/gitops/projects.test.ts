import { describe, expect, test } from '@jest/globals';
import { gitopsObjects } from '../../../charts/gitops/gitops.js';
import { groupKindOf } from '../../../src/model/project-kinds.js';
import { objectNamed } from '../../support/repository.js';
import { asList } from '../../support/workloads.js';
import { appText, delivery, kindsOf, ofOwner, prodWith, specOf } from './delivery.js';

const fixture = delivery({
  cluster: prodWith('namespaces: {team: {quota: {pods: 10}}}'),
  apps: {
    podinfo: appText('podinfo', 'ingress: {host: podinfo.acme.io}'),
    web: appText('web', 'namespace: team', 'scale: {min: 3, max: 9, cpu: 60%}', 'release: {canary: [50%, 1m]}'),
  },
});
const { objects, rendered, cluster } = fixture;
const project = (name: string) => objectNamed(objects, 'AppProject', name);
const namespacesOf = (name: string) => asList(specOf(project(name))['destinations']).map(({ namespace }) => namespace);

describe('the AppProject of a namespace of apps', () => {
  test('allows the repository and the one namespace', () => {
    expect(specOf(project('apps-team'))['sourceRepos']).toEqual(['https://github.com/acme/platform.git']);
    expect(specOf(project('apps-team'))['destinations']).toEqual([
      { server: 'https://kubernetes.default.svc', namespace: 'team' },
    ]);
  });

  test('allows no kind of the cluster', () => {
    expect(kindsOf(project('apps-team'), 'clusterResourceWhitelist')).toEqual([]);
  });

  test('allows every kind that its apps hold, a raw manifest’s too', () => {
    const sealed = {
      owner: { kind: 'app', app: 'web' },
      object: {
        apiVersion: 'bitnami.com/v1alpha1',
        kind: 'SealedSecret',
        metadata: { name: 'web', namespace: 'team' },
      },
    } as const;
    const withManifest = gitopsObjects(cluster, [...rendered, sealed]);
    expect(kindsOf(objectNamed(withManifest, 'AppProject', 'apps-team'), 'namespaceResourceWhitelist')).toContain(
      'bitnami.com/SealedSecret',
    );
    expect(
      kindsOf(objectNamed(withManifest, 'AppProject', 'apps-podinfo'), 'namespaceResourceWhitelist'),
    ).not.toContain('bitnami.com/SealedSecret');
    for (const { owner, object } of rendered) {
      if (owner.kind !== 'app') continue;
      const { group, kind } = groupKindOf(object);
      const name = `apps-${object.metadata.namespace ?? ''}`;
      expect(kindsOf(project(name), 'namespaceResourceWhitelist')).toContain(`${group}/${kind}`);
    }
  });

  test('still allows the kinds that its apps no longer hold, or Argo CD would not see them to prune them', () => {
    expect(kindsOf(project('apps-podinfo'), 'namespaceResourceWhitelist')).toEqual(
      expect.arrayContaining(['argoproj.io/Rollout', 'apps/Deployment', 'autoscaling/HorizontalPodAutoscaler']),
    );
  });

  test('shows the pods of its apps', () => {
    expect(kindsOf(project('apps-podinfo'), 'namespaceResourceWhitelist')).toEqual(
      expect.arrayContaining(['/Pod', 'apps/ReplicaSet', 'argoproj.io/AnalysisRun', 'batch/Job']),
    );
  });

  test('forbids what would let an app become more than an app', () => {
    const kinds = kindsOf(project('apps-team'), 'namespaceResourceWhitelist');
    for (const kind of ['argoproj.io/Application', 'argoproj.io/AppProject', 'rbac.authorization.k8s.io/RoleBinding']) {
      expect(kinds).not.toContain(kind);
    }
  });

  test('is there before its Applications and stays until they are gone', () => {
    expect(project('apps-team').metadata).toMatchObject({
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    });
    expect(ofOwner(objects, 'apps-root').filter(({ kind }) => kind === 'AppProject')).toHaveLength(2);
  });
});

describe('the AppProject of the platform', () => {
  test('allows exactly the kinds of the cluster that the components and the load balancer’s chart hold', () => {
    expect(kindsOf(project('platform'), 'clusterResourceWhitelist')).toEqual([
      'admissionregistration.k8s.io/MutatingWebhookConfiguration',
      'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
      'apiextensions.k8s.io/CustomResourceDefinition',
      'apiregistration.k8s.io/APIService',
      'elbv2.k8s.aws/IngressClassParams',
      'networking.k8s.io/IngressClass',
      'rbac.authorization.k8s.io/ClusterRole',
      'rbac.authorization.k8s.io/ClusterRoleBinding',
    ]);
  });

  test('allows every namespaced kind of the components', () => {
    for (const { owner, object } of rendered) {
      if (owner.kind !== 'platform' || object.metadata.namespace === undefined) continue;
      const { group, kind } = groupKindOf(object);
      const name = owner.component === 'namespaces' ? 'platform-namespaces' : 'platform';
      expect(kindsOf(project(name), 'namespaceResourceWhitelist')).toContain(`${group}/${kind}`);
    }
  });

  test('allows the namespaces where its objects are, and none of apps', () => {
    expect(namespacesOf('platform')).toEqual(['argo-rollouts', 'kube-system']);
  });

  test('lies beside its Applications, a wave before them, so that both change in one sync', () => {
    const beside = ofOwner(objects, 'argocd');
    expect(beside.filter(({ kind }) => kind === 'AppProject').map(({ metadata }) => metadata.name)).toEqual([
      'platform-namespaces',
      'platform',
    ]);
    const wave = ({ metadata }: (typeof beside)[number]) =>
      Number(metadata.annotations?.['argocd.argoproj.io/sync-wave']);
    const projects = beside.filter(({ kind }) => kind === 'AppProject').map(wave);
    const applications = beside.filter(({ kind }) => kind === 'Application').map(wave);
    expect(Math.max(...projects)).toBeLessThan(Math.min(...applications));
    expect(ofOwner(objects, 'bootstrap').map(({ metadata }) => metadata.name)).not.toContain('platform-namespaces');
  });

  test('is made by a root that may make AppProjects', () => {
    const root = objects.find(({ owner, object }) => owner.kind === 'bootstrap' && object.metadata.name === 'platform');
    const rootProject = project(String(specOf(root?.object ?? project('roots'))['project']));
    expect(kindsOf(rootProject, 'namespaceResourceWhitelist')).toContain('argoproj.io/AppProject');
  });

  test('allows the chart’s repository and kinds only where the chart is there', () => {
    expect(specOf(project('platform'))['sourceRepos']).toEqual([
      'https://github.com/acme/platform.git',
      'https://aws.github.io/eks-charts',
    ]);
    const without = objectNamed(delivery().objects, 'AppProject', 'platform');
    expect(specOf(without)['sourceRepos']).toEqual(['https://github.com/acme/platform.git']);
    expect(kindsOf(without, 'clusterResourceWhitelist')).not.toContain('networking.k8s.io/IngressClass');
    expect(kindsOf(without, 'namespaceResourceWhitelist')).not.toContain('/Secret');
  });
});

describe('the AppProject of the namespaces', () => {
  test('allows Namespaces, and in those of apps nothing but quotas', () => {
    expect(kindsOf(project('platform-namespaces'), 'clusterResourceWhitelist')).toEqual(['/Namespace']);
    expect(kindsOf(project('platform-namespaces'), 'namespaceResourceWhitelist')).toEqual(['/ResourceQuota']);
    expect(namespacesOf('platform-namespaces')).toEqual(['argo-rollouts', 'kube-system', 'podinfo', 'team']);
  });

  test('allows a quota that is gone from the specs, or Argo CD would not see it to prune it', () => {
    const without = objectNamed(delivery().objects, 'AppProject', 'platform-namespaces');
    expect(kindsOf(without, 'namespaceResourceWhitelist')).toEqual(['/ResourceQuota']);
  });
});

test('the AppProject of the roots allows Applications and AppProjects beside Argo CD, and nothing else', () => {
  expect(namespacesOf('roots')).toEqual(['argocd']);
  expect(kindsOf(project('roots'), 'clusterResourceWhitelist')).toEqual([]);
  expect(kindsOf(project('roots'), 'namespaceResourceWhitelist')).toEqual([
    'argoproj.io/AppProject',
    'argoproj.io/Application',
  ]);
});

test('the AppProject default allows nothing', () => {
  const spec = specOf(project('default'));
  expect([spec['sourceRepos'], spec['destinations'], spec['clusterResourceWhitelist']]).toEqual([[], [], []]);
  expect(spec['namespaceResourceBlacklist']).toEqual([{ group: '*', kind: '*' }]);
});

test('every Application belongs to an AppProject that is rendered and allows its destination and source', () => {
  for (const { object } of objects.filter((owned) => owned.object.kind === 'Application')) {
    const {
      project: name,
      destination,
      source,
    } = specOf(object) as {
      project: string;
      destination: { namespace: string };
      source: { repoURL: string };
    };
    expect(namespacesOf(name)).toContain(destination.namespace);
    expect(specOf(project(name))['sourceRepos']).toContain(source.repoURL);
  }
});
