import { describe, expect, test } from '@jest/globals';
import { ownerFolder } from '../../../src/layout/plan.js';
import type { KubeObject } from '../../../src/model/kube-object.js';
import { objectNamed } from '../../support/repository.js';
import { asMap } from '../../support/workloads.js';
import { appText, delivery, ofOwner, prodWith, specOf } from './delivery.js';

const waveOf = ({ metadata }: KubeObject) => metadata.annotations?.['argocd.argoproj.io/sync-wave'];
const pathOf = (application: KubeObject) => asMap(specOf(application)['source'])['path'];
const finalizersOf = ({ metadata }: KubeObject) => metadata['finalizers'];

describe('the root of the platform', () => {
  const { cluster, objects } = delivery({
    cluster: prodWith('namespaces: {podinfo: {quota: {pods: 10}}}'),
    apps: { podinfo: appText('podinfo', 'ingress: {host: podinfo.acme.io}') },
  });
  const root = ofOwner(objects, 'argocd').filter(({ kind }) => kind === 'Application');

  test('has one Application per component in waves, and the root of the apps last', () => {
    expect(Object.fromEntries(root.map((object) => [object.metadata.name, waveOf(object)]))).toEqual({
      'platform-namespaces': '0',
      'platform-metrics-server': '1',
      'platform-cluster-autoscaler': '1',
      'platform-node-termination-handler': '1',
      'platform-argo-rollouts': '1',
      'platform-aws-load-balancer-controller': '1',
      apps: '2',
    });
  });

  test('reads each component from the folder that layout gives it', () => {
    expect(pathOf(objectNamed(objects, 'Application', 'platform-namespaces'))).toBe(
      ownerFolder('prod', { kind: 'platform', component: 'namespaces' }),
    );
    expect(pathOf(objectNamed(objects, 'Application', 'apps'))).toBe(ownerFolder('prod', { kind: 'apps-root' }));
    expect(pathOf(objectNamed(objects, 'Application', 'platform'))).toBe(ownerFolder('prod', { kind: 'argocd' }));
    expect(pathOf(objectNamed(objects, 'Application', 'argocd'))).toBe(ownerFolder('prod', { kind: 'bootstrap' }));
  });

  test('compares at every commit: what spares that keeps a failed sync from ever being tried again (argo-cd#27875)', () => {
    const annotations = objects
      .filter(({ object }) => object.kind === 'Application')
      .map(({ object }) => object.metadata.annotations ?? {});
    expect(annotations.length).toBeGreaterThan(8);
    for (const its of annotations) expect(its).not.toHaveProperty(['argocd.argoproj.io/manifest-generate-paths']);
  });

  test('leaves the objects of a component where they are when its Application goes', () => {
    expect(root.map(finalizersOf)).toEqual(root.map(() => undefined));
    expect(finalizersOf(objectNamed(objects, 'Application', 'platform'))).toBeUndefined();
  });

  test('names the namespace of the workload as the destination of a component', () => {
    const destination = (name: string) =>
      asMap(specOf(objectNamed(objects, 'Application', name))['destination'])['namespace'];
    expect(destination('platform-argo-rollouts')).toBe('argo-rollouts');
    expect(destination('platform-metrics-server')).toBe('kube-system');
    expect(destination('platform-namespaces')).toBe('kube-system');
    expect(cluster.namespaces.map(({ name }) => name)).toContain('podinfo');
  });

  test('has no Application for a component that the cluster does not have', () => {
    const names = ofOwner(delivery().objects, 'argocd').map(({ metadata }) => metadata.name);
    expect(names).not.toContain('platform-storage');
    expect(names).not.toContain('platform-aws-load-balancer-controller');
  });

  test('has no root of the apps where there is no app, as an empty folder does not exist', () => {
    expect(ofOwner(delivery({ apps: {} }).objects, 'argocd').map(({ metadata }) => metadata.name)).not.toContain(
      'apps',
    );
  });
});

describe('the root of the apps', () => {
  const { objects } = delivery({
    apps: { podinfo: appText('podinfo'), web: appText('web', 'namespace: podinfo'), shop: appText('shop') },
  });
  const applications = ofOwner(objects, 'apps-root').filter(({ kind }) => kind === 'Application');

  test('has one Application per app, named as the app, none of which waits for another', () => {
    expect(applications.map(({ metadata }) => metadata.name)).toEqual(['podinfo', 'shop', 'web']);
    expect(applications.map(waveOf)).toEqual([undefined, undefined, undefined]);
  });

  test('reads each app from its own folder into its own namespace under the project of that namespace', () => {
    const web = specOf(objectNamed(objects, 'Application', 'web'));
    expect(web['project']).toBe('apps-podinfo');
    expect(asMap(web['destination'])['namespace']).toBe('podinfo');
    expect(asMap(web['source'])['path']).toBe(ownerFolder('prod', { kind: 'app', app: 'web' }));
  });

  test('takes the objects of an app along when the app leaves the specs', () => {
    expect(applications.map(finalizersOf)).toEqual(
      applications.map(() => ['resources-finalizer.argocd.argoproj.io/foreground']),
    );
  });

  test('neither ignores replicas nor applies an app server-side', () => {
    for (const application of applications) {
      expect(specOf(application)['ignoreDifferences']).toBeUndefined();
      expect(asMap(specOf(application)['syncPolicy'])['syncOptions']).toBeUndefined();
    }
  });
});

describe('every Application', () => {
  const { objects } = delivery({
    cluster: prodWith().replace('branch: main', 'branch: release, path: platform/eks/'),
  });
  const applications = objects.map(({ object }) => object).filter(({ kind }) => kind === 'Application');

  test('follows Git by itself, repairs what drifts, and never takes an empty folder for an order', () => {
    for (const application of applications) {
      expect(asMap(asMap(specOf(application)['syncPolicy'])['automated'])).toMatchObject({
        selfHeal: true,
        allowEmpty: false,
      });
    }
  });

  test('prunes, but for Argo CD’s own', () => {
    const withoutPrune = applications.filter(
      (application) => asMap(asMap(specOf(application)['syncPolicy'])['automated'])['prune'] !== true,
    );
    expect(withoutPrune.map(({ metadata }) => metadata.name)).toEqual(['argocd']);
  });

  test('tries again for about a quarter of an hour, each time with the newest commit', () => {
    for (const application of applications) {
      expect(asMap(specOf(application)['syncPolicy'])['retry']).toEqual({
        limit: 10,
        backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
        refresh: true,
      });
    }
  });

  test('reads the branch and the folder of the repository that the cluster names', () => {
    expect(asMap(specOf(objectNamed(objects, 'Application', 'podinfo'))['source'])).toEqual({
      repoURL: 'https://github.com/acme/platform.git',
      targetRevision: 'release',
      path: 'platform/eks/dist/prod/apps/podinfo',
    });
  });

  test('is applied server-side only where Argo CD’s own CRDs need it', () => {
    const serverSide = applications.filter((application) =>
      JSON.stringify(asMap(specOf(application)['syncPolicy'])['syncOptions'] ?? []).includes('ServerSideApply=true'),
    );
    expect(serverSide.map(({ metadata }) => metadata.name)).toEqual(['argocd']);
  });
});
