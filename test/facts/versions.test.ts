import { expect, test } from '@jest/globals';
import {
  type ChartVersion,
  type ComponentVersion,
  componentVersions,
  isSupportedKubernetesVersion,
  supportedKubernetesVersions,
} from '../../src/facts/versions.js';

test('the Cluster Autoscaler has the minor of the cluster', () => {
  for (const kubernetes of supportedKubernetesVersions) {
    const { clusterAutoscaler } = componentVersions(kubernetes);
    expect(clusterAutoscaler.version.startsWith(`v${kubernetes}.`)).toBe(true);
    expect(clusterAutoscaler.image).toBe(`registry.k8s.io/autoscaling/cluster-autoscaler:${clusterAutoscaler.version}`);
  }
});

test('metrics-server 0.9 needs Kubernetes 1.34', () => {
  expect(componentVersions('1.33').metricsServer.version).toBe('v0.8.0');
  expect(componentVersions('1.34').metricsServer.version).toBe('v0.9.0');
});

test('no image is without a tag that names its version', () => {
  for (const kubernetes of supportedKubernetesVersions) {
    const images = Object.values<ComponentVersion | ChartVersion>({ ...componentVersions(kubernetes) }).filter(
      (component) => 'image' in component,
    );
    expect(images).toHaveLength(6);
    for (const { image, version } of images) {
      expect(image).toMatch(new RegExp(`:${version.replaceAll('.', '\\.')}(@sha256:[0-9a-f]{64})?$`));
    }
  }
});

test('a minor that eksctl does not name is not supported', () => {
  expect(isSupportedKubernetesVersion('1.35')).toBe(true);
  expect(isSupportedKubernetesVersion('1.36')).toBe(false);
  expect(isSupportedKubernetesVersion('1.3')).toBe(false);
});
