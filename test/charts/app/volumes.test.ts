import { describe, expect, test } from '@jest/globals';
import { objectNamed } from '../../support/repository.js';
import { container, names, pod, render, service } from './render.js';

describe('volumes', () => {
  test('are scratch space, Secrets, ConfigMaps and disks, in the order of the spec', () => {
    const app = service(
      'scale: {min: 1, max: 1}',
      'volumes:',
      '  - {name: z, path: /z, emptyDir: {}}',
      '  - {name: m, path: /m, emptyDir: {memory: true, sizeLimit: 10Mi}}',
      '  - {name: s, path: /s, readOnly: true, secret: tls}',
      '  - {name: c, path: /c, configMap: flags}',
      '  - {name: data, path: /data, claim: {size: 5Gi}}',
    );
    expect(pod(app).spec['volumes']).toEqual([
      { name: 'z', emptyDir: {} },
      { name: 'm', emptyDir: { medium: 'Memory', sizeLimit: '10Mi' } },
      { name: 's', secret: { secretName: 'tls' } },
      { name: 'c', configMap: { name: 'flags' } },
      { name: 'data', persistentVolumeClaim: { claimName: 'shop-data' } },
    ]);
    expect(container(app)['volumeMounts']).toContainEqual({ name: 's', mountPath: '/s', readOnly: true });
    expect(container(app)['volumeMounts']).toContainEqual({ name: 'z', mountPath: '/z' });
  });

  test('keep their quantities in a Rollout, whose CRD has no type for them', () => {
    const app = service('release: {canary: [50%, 1m]}', 'volumes: [{name: m, path: /m, emptyDir: {sizeLimit: 10Mi}}]');
    expect(pod(app).spec['volumes']).toEqual([{ name: 'm', emptyDir: { sizeLimit: '10Mi' } }]);
  });
});

describe('config files', () => {
  const app = service('files: {/etc/shop/a.yaml: "x: 1", /etc/shop/b.yaml: ""}');

  test('are one ConfigMap, each file mounted by itself', () => {
    const { data } = objectNamed(render(app), 'ConfigMap', 'shop-files') as unknown as { data: Record<string, string> };
    const mounts = container(app)['volumeMounts'] as { mountPath: string; subPath: string; name: string }[];
    expect(Object.fromEntries(mounts.map(({ mountPath, subPath }) => [mountPath, data[subPath]]))).toEqual({
      '/etc/shop/a.yaml': 'x: 1',
      '/etc/shop/b.yaml': '',
    });
    expect(pod(app).spec['volumes']).toEqual([{ name: mounts[0]?.name, configMap: { name: 'shop-files' } }]);
  });

  test('are no ConfigMap where there are none', () => {
    expect(names(render(service()))).not.toContain('ConfigMap/shop-files');
  });
});

describe('a disk', () => {
  const claim = objectNamed(
    render(service('scale: {min: 1, max: 1}', 'volumes: [{name: data, path: /data, claim: {size: 5Gi}}]')),
    'PersistentVolumeClaim',
    'shop-data',
  );

  test('has its size, class and access mode', () => {
    expect(claim['spec']).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'gp3',
      resources: { requests: { storage: '5Gi' } },
    });
  });

  test('is never deleted by Argo CD, and holds nothing else up', () => {
    expect(claim.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  });
});
