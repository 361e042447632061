import { expect, test } from '@jest/globals';
import { kindScope, servedKinds } from '../../src/facts/kubernetes-api.js';
import { kubernetesSchema } from '../../src/facts/schemas.js';
import { supportedKubernetesVersions } from '../../src/facts/versions.js';

test.each([
  ['apps/v1/Deployment', 'Namespaced'],
  ['v1/Service', 'Namespaced'],
  ['v1/Namespace', 'Cluster'],
  ['rbac.authorization.k8s.io/v1/ClusterRole', 'Cluster'],
  ['rbac.authorization.k8s.io/v1/Role', 'Namespaced'],
])('%s is %s', (kind, scope) => {
  for (const kubernetes of supportedKubernetesVersions) expect(kindScope(kubernetes, kind)).toBe(scope);
});

test.each([
  'policy/v1beta1/PodDisruptionBudget',
  'autoscaling/v2beta2/HorizontalPodAutoscaler',
  'extensions/v1beta1/Ingress',
  'apps/v1/StatefullSet',
  'argoproj.io/v1alpha1/Rollout',
  // A subresource and a list are no objects to apply.
  'policy/v1/Eviction',
  'v1/PodList',
])('%s is not served', (kind) => {
  for (const kubernetes of supportedKubernetesVersions) expect(kindScope(kubernetes, kind)).toBeUndefined();
});

test('a kind appears with the minor that turned it on', () => {
  expect(kindScope('1.33', 'resource.k8s.io/v1/ResourceClaim')).toBeUndefined();
  expect(kindScope('1.34', 'resource.k8s.io/v1/ResourceClaim')).toBe('Namespaced');
});

test('every kind that has a schema is served', async () => {
  for (const kubernetes of supportedKubernetesVersions) {
    const { kinds } = await kubernetesSchema(kubernetes);
    expect(servedKinds(kubernetes)).toEqual(expect.arrayContaining(Object.keys(kinds)));
  }
});
