import { describe, expect, test } from '@jest/globals';
import { fileNames } from '../../src/layout/file-name.js';
import type { KubeObject } from '../../src/model/kube-object.js';

function object(kind: string, name: string, namespace?: string, apiVersion = 'v1'): KubeObject {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

describe('fileNames', () => {
  test('names a file by namespace, kind and name', () => {
    expect(fileNames([object('Service', 'web', 'shop'), object('Namespace', 'shop')])).toEqual([
      'shop.Service-web.yaml',
      'Namespace-shop.yaml',
    ]);
  });

  test('calls the kustomization what kustomize looks for', () => {
    expect(fileNames([object('Kustomization', 'bootstrap', undefined, 'kustomize.config.k8s.io/v1beta1')])).toEqual([
      'kustomization.yaml',
    ]);
  });

  test('adds the API group where two objects would meet', () => {
    const names = fileNames([
      object('Ingress', 'web', 'shop', 'networking.k8s.io/v1'),
      object('Ingress', 'web', 'shop', 'config.example.com/v1'),
      object('Ingress', 'other', 'shop', 'networking.k8s.io/v1'),
    ]);
    expect(names).toEqual([
      'shop.Ingress.networking.k8s.io-web.yaml',
      'shop.Ingress.config.example.com-web.yaml',
      'shop.Ingress-other.yaml',
    ]);
  });

  test('replaces what Windows refuses, and keeps two names apart that become one by it', () => {
    expect(fileNames([object('ClusterRole', 'system:metrics-server')])).toEqual([
      'ClusterRole-system-metrics-server.yaml',
    ]);
    const names = fileNames([
      object('ClusterRole', 'system:metrics-server'),
      object('ClusterRole', 'system-metrics-server'),
    ]);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^ClusterRole-system-metrics-server-[0-9a-f]{8}\.yaml$/);
  });

  test('keeps names apart that differ only in case, as on macOS they are one file', () => {
    const names = fileNames([object('ClusterRole', 'Reader'), object('ClusterRole', 'reader')]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2);
  });

  test('never leads out of the folder', () => {
    const names = fileNames([
      object('../../etc', '../passwd', '../..'),
      object('Role', '..', '.'),
      object('Role', 'a/b\\c'),
    ]);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9-][A-Za-z0-9._-]*\.yaml$/);
  });

  test('fits the longest Kubernetes names into what file systems take', () => {
    const long = ['a', 'b'].map((end) => object('ClusterRoleBinding', 'x'.repeat(252) + end, 'n'.repeat(63)));
    const names = fileNames(long);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(255);
  });

  test('gives the same names whatever the order', () => {
    const objects = [
      object('Role', 'a:b'),
      object('Role', 'A-B'),
      object('Role', 'a-b'),
      object('Role', 'c'),
      object('Role', 'c', undefined, 'x.io/v1'),
    ];
    const byObject = (list: KubeObject[]) => new Map(fileNames(list).map((name, i) => [JSON.stringify(list[i]), name]));
    expect(byObject([...objects].reverse())).toEqual(new Map([...byObject(objects)].reverse()));
  });

  test('gives the same object twice two files: that it is twice is for a check to say', () => {
    expect(fileNames([object('Role', 'a'), object('Role', 'a')])).toEqual(['Role-a.yaml', 'Role-a.2.yaml']);
  });
});
