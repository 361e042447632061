import { describe, expect, test } from '@jest/globals';
import { appObjects } from '../../charts/app/app.js';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import type { KubeObject } from '../../src/model/kube-object.js';
import { applyPatches, patchClusterConfig } from '../../src/model/patches.js';
import { objectNamed, prod, resolvedApp, resolvedCluster } from '../support/repository.js';

/** An app's objects after the patches of its spec; the first stands on line 5. */
function patched(...patches: string[]): { objects: KubeObject[]; diagnostics: Diagnostic[] } {
  const { cluster, app } = resolvedApp(`name: shop
image: ghcr.io/acme/shop:1.2.3
port: 8080
patches:
${patches.map((patch) => `  - ${patch}\n`).join('')}release: {canary: [50%, 1m], analysis: {job: {}}}
clusters: {prod: {}}
`);
  return applyPatches(appObjects(cluster, app), app.patches);
}

const unpatched = patched().objects;

function problem(...patches: string[]) {
  const { objects, diagnostics } = patched(...patches);
  expect(objects).toEqual(unpatched);
  expect(diagnostics).toHaveLength(1);
  const [{ code, at, message, hint } = {}] = diagnostics as Partial<Diagnostic>[];
  return { code, message, hint, line: at?.line };
}

describe('a merge patch', () => {
  test('merges maps, replaces lists and removes what is null', () => {
    const { objects, diagnostics } = patched(
      '{target: {kind: Service, name: shop}, merge: {spec: {type: null, sessionAffinity: ClientIP, ports: [{port: 1}]}}}',
    );
    expect(diagnostics).toEqual([]);
    expect(objectNamed(objects, 'Service', 'shop')['spec']).toEqual({
      ports: [{ port: 1 }],
      selector: { 'app.kubernetes.io/name': 'shop' },
      sessionAffinity: 'ClientIP',
    });
  });

  test('leaves every other object as it was', () => {
    const { objects } = patched('{target: {kind: Rollout}, merge: {spec: {minReadySeconds: 5}}}');
    const others = (list: readonly KubeObject[]) => list.filter(({ kind }) => kind !== 'Rollout');
    expect(others(objects)).toEqual(others(unpatched));
    expect(objects).toHaveLength(unpatched.length);
  });

  test('adds keys in their place', () => {
    const { objects } = patched('{target: {kind: Rollout}, merge: {spec: {minReadySeconds: 5}}}');
    const keys = Object.keys(objectNamed(objects, 'Rollout', 'shop')['spec'] as object);
    expect(keys).toEqual([...keys].sort());
  });
});

describe('a JSON patch', () => {
  test('applies its operations in order', () => {
    const { objects, diagnostics } = patched(
      '{target: {kind: PodDisruptionBudget}, json: [{op: add, path: /metadata/annotations, value: {}}, {op: add, path: /metadata/annotations/a~1b, value: c}, {op: replace, path: /spec/maxUnavailable, value: 1}]}',
    );
    expect(diagnostics).toEqual([]);
    expect(objectNamed(objects, 'PodDisruptionBudget', 'shop')).toMatchObject({
      metadata: { annotations: { 'a/b': 'c' } },
      spec: { maxUnavailable: 1 },
    });
  });

  test('does the same a second time', () => {
    const { cluster, app } = resolvedApp(`name: shop
image: ghcr.io/acme/shop:1.2.3
patches:
  - target: {kind: Deployment}
    json: [{op: add, path: /metadata/annotations, value: {}}, {op: add, path: /metadata/annotations/a, value: b}]
port: 8080
clusters: {prod: {}}
`);
    const objects = appObjects(cluster, app);
    const written = JSON.stringify(app.patches);
    expect(applyPatches(objects, app.patches)).toEqual(applyPatches(objects, app.patches));
    expect(JSON.stringify(app.patches)).toBe(written);
  });

  test.each([
    ['{op: replace, path: /spec/nothing, value: 1}', 'there is nothing at /spec/nothing'],
    ['{op: remove, path: /spec/nothing}', 'there is nothing at /spec/nothing'],
    ['{op: add, path: /spec/no/where, value: 1}', 'there is nothing above /spec/no/where to add it to'],
    [
      '{op: test, path: /spec/maxUnavailable, value: 7}',
      '/spec/maxUnavailable holds another value than the one tested for',
    ],
    ['{op: move, path: /spec/b, from: /spec/a}', 'there is nothing at /spec/a'],
    ['{op: copy, path: /spec/b}', 'copy needs a `from`'],
    ['{op: add, path: /spec/b}', 'add needs a `value`'],
    ['{op: add, path: /metadata/constructor/x, value: 1}', 'no Kubernetes object has a field constructor'],
  ])('that cannot be applied says why: %s', (operation, reason) => {
    expect(
      problem(
        `{target: {kind: PodDisruptionBudget}, json: [{op: test, path: /kind, value: PodDisruptionBudget}, ${operation}]}`,
      ),
    ).toMatchObject({
      code: 'patch-fails',
      message: `operation 2 of the patch cannot be applied to PodDisruptionBudget/shop: ${reason}`,
      line: 5,
    });
  });

  test('changes nothing where one of its operations fails', () => {
    problem(
      '{target: {kind: Rollout}, json: [{op: add, path: /spec/paused, value: true}, {op: remove, path: /spec/x}]}',
    );
  });
});

describe('a patch', () => {
  test('sees what the one before it did', () => {
    const { objects, diagnostics } = patched(
      '{target: {kind: Rollout}, merge: {metadata: {annotations: {a: b}}}}',
      '{target: {kind: Rollout}, json: [{op: replace, path: /metadata/annotations/a, value: c}]}',
    );
    expect(diagnostics).toEqual([]);
    expect(objectNamed(objects, 'Rollout', 'shop').metadata.annotations).toEqual({ a: 'c' });
  });

  test('without a target says which objects there are', () => {
    expect(problem('{target: {kind: Deployment}, merge: {spec: {paused: true}}}')).toEqual({
      code: 'patch-without-target',
      message: 'no object of kind Deployment is rendered for this app',
      hint: expect.stringContaining('Rollout/shop, Service/shop, Service/shop-canary'),
      line: 5,
    });
    expect(problem('{target: {kind: Service, name: web}, merge: {spec: {type: null}}}').message).toBe(
      'no object Service/web is rendered for this app',
    );
  });

  test('with several targets says which', () => {
    expect(problem('{target: {kind: Service}, merge: {spec: {type: null}}}')).toEqual({
      code: 'patch-with-several-targets',
      message: '2 objects of kind Service are rendered for this app, and the patch names none of them',
      hint: 'add the name of one to `target`: shop, shop-canary',
      line: 5,
    });
  });

  test.each([
    'merge: {metadata: {name: other}}',
    'merge: {metadata: {namespace: other}}',
    'merge: {kind: Deployment}',
    'merge: {apiVersion: apps/v1}',
    'merge: {metadata: null}',
    'json: [{op: replace, path: "", value: 1}]',
    'json: [{op: remove, path: /metadata/namespace}]',
  ])('that makes another object of it is refused: %s', (change) => {
    expect(problem(`{target: {kind: Rollout}, ${change}}`)).toMatchObject({ code: 'patch-changes-identity', line: 5 });
  });

  test('that fails does not stop the next', () => {
    const { objects, diagnostics } = patched(
      '{target: {kind: Nothing}, merge: {spec: {a: b}}}',
      '{target: {kind: Rollout}, merge: {spec: {minReadySeconds: 5}}}',
    );
    expect(diagnostics).toHaveLength(1);
    expect(objectNamed(objects, 'Rollout', 'shop')['spec']).toHaveProperty('minReadySeconds', 5);
  });
});

describe('patches of the ClusterConfig', () => {
  const config = { apiVersion: 'eksctl.io/v1alpha5', metadata: { name: 'prod', region: 'us-east-1' } };
  const patch = (operations: string) =>
    patchClusterConfig(config, resolvedCluster({ cluster: `${prod}eksctl:\n  patches:\n    - ${operations}\n` }));

  test('are applied', () => {
    expect(patch('{op: add, path: /metadata/tags, value: {a: b}}')).toEqual({
      config: { ...config, metadata: { ...config.metadata, tags: { a: 'b' } } },
      diagnostics: [],
    });
  });

  test('that fail point at their operation and change nothing', () => {
    const { config: unchanged, diagnostics } = patch('{op: remove, path: /vpc}');
    expect(unchanged).toEqual(config);
    expect(diagnostics).toMatchObject([
      {
        code: 'patch-fails',
        message: 'operation 1 of the patch cannot be applied to the ClusterConfig: there is nothing at /vpc',
        at: { file: 'clusters/prod.yaml', line: 10 },
      },
    ]);
  });

  test('may not make another cluster of it', () => {
    expect(patch('{op: replace, path: /metadata/region, value: eu-west-1}')).toMatchObject({
      config,
      diagnostics: [{ code: 'patch-changes-identity' }],
    });
  });
});

test('a target that is nearly one is guessed', () => {
  expect(problem('{target: {kind: service, name: shop}, merge: {}}')).toMatchObject({
    code: 'patch-without-target',
    hint: expect.stringMatching(/^did you mean Service\/shop\? its objects are /) as unknown,
  });
});
