import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { planFiles } from '../../src/layout/plan.js';
import type { OwnedObject, Owner } from '../../src/model/kube-object.js';
import { podinfo, resolvedCluster } from '../support/repository.js';

const cluster = resolvedCluster({ apps: { podinfo } });
const config = { apiVersion: 'eksctl.io/v1alpha5', kind: 'ClusterConfig', metadata: { name: 'prod' } };
const owned = (owner: Owner, kind: string, name: string, apiVersion = 'v1'): OwnedObject => ({
  owner,
  object: { apiVersion, kind, metadata: { name } },
});
const app: Owner = { kind: 'app', app: 'podinfo' };
const objects = [
  owned({ kind: 'bootstrap' }, 'Kustomization', 'bootstrap', 'kustomize.config.k8s.io/v1beta1'),
  owned({ kind: 'argocd' }, 'Application', 'storage'),
  owned({ kind: 'apps-root' }, 'Application', 'podinfo'),
  owned({ kind: 'platform', component: 'storage' }, 'StorageClass', 'gp3'),
  owned(app, 'Service', 'podinfo'),
];

describe('planFiles', () => {
  test('gives every part of a cluster its folder, and lists all of it in index.json', () => {
    const files = planFiles(cluster, objects, config);
    expect(files.map(({ path }) => path)).toEqual([
      'dist/prod/apps/podinfo/Service-podinfo.yaml',
      'dist/prod/argocd/Application-storage.yaml',
      'dist/prod/argocd/apps/Application-podinfo.yaml',
      'dist/prod/bootstrap/kustomization.yaml',
      'dist/prod/index.json',
      'dist/prod/platform/storage/StorageClass-gp3.yaml',
      'eksctl/prod.yaml',
    ]);
    const index = JSON.parse(files.find(({ path }) => path.endsWith('index.json'))?.text ?? '') as unknown;
    expect(index).toEqual([
      { path: 'dist/prod/apps/podinfo/Service-podinfo.yaml', owner: 'app/podinfo' },
      { path: 'dist/prod/argocd/Application-storage.yaml', owner: 'argocd' },
      { path: 'dist/prod/argocd/apps/Application-podinfo.yaml', owner: 'apps-root' },
      { path: 'dist/prod/bootstrap/kustomization.yaml', owner: 'bootstrap' },
      { path: 'dist/prod/platform/storage/StorageClass-gp3.yaml', owner: 'platform/storage' },
      { path: 'eksctl/prod.yaml', owner: 'eksctl' },
    ]);
  });

  test('names in the first line the spec that a file comes from', () => {
    const firstLines = Object.fromEntries(
      planFiles(cluster, objects, config).map(({ path, text }) => [path, text.split('\n')[0]]),
    );
    expect(firstLines['dist/prod/apps/podinfo/Service-podinfo.yaml']).toContain(' from apps/podinfo.yaml.');
    expect(firstLines['dist/prod/platform/storage/StorageClass-gp3.yaml']).toContain(' from clusters/prod.yaml.');
    expect(firstLines['eksctl/prod.yaml']).toContain(' from clusters/prod.yaml.');
  });

  test('gives the same files whatever the order of the objects, twins included', () => {
    const twin = { owner: app, object: { ...objects[4]?.object, spec: { twin: true } } } as OwnedObject;
    const all = [...objects, twin];
    expect(planFiles(cluster, [...all].reverse(), config)).toEqual(planFiles(cluster, all, config));
  });

  test('writes one object a file', () => {
    for (const { path, text } of planFiles(cluster, objects, config)) {
      if (path.endsWith('.yaml'))
        expect(parse(text)).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
    }
  });
});
