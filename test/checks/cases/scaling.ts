import { app, casesOf, cluster, patch } from './case.js';

export const scalingCases = [
  ...casesOf('quota-admits', [
    {
      when: 'the surge of a release goes beyond the pods',
      cluster: cluster('namespaces:\n  shop: {quota: {pods: ▸4}}'),
      apps: { shop: app('scale: {min: 2, max: 4}') },
      says: 'shop 4 + 1 surge',
    },
    {
      when: 'CPU at the maximum goes beyond',
      cluster: cluster('namespaces:\n  shop: {quota: {cpu: ▸400m}}'),
      apps: { shop: app('scale: {min: 2, max: 4}') },
      says: 'need 0.5',
    },
    {
      when: 'it admits all',
      cluster: cluster('namespaces:\n  shop: {quota: {cpu: 500m, pods: 5}}'),
      apps: { shop: app('scale: {min: 2, max: 4}') },
    },
  ]),
  ...casesOf('unused-namespace', [
    {
      when: 'settings are for a namespace without an app',
      cluster: cluster('namespaces:\n  ▸shp: {podSecurity: baseline}'),
      apps: { shop: app() },
    },
    {
      when: 'the namespace has an app',
      cluster: cluster('namespaces:\n  shop: {podSecurity: baseline}'),
      apps: { shop: app() },
    },
  ]),
  ...casesOf('hpa-target', [
    {
      when: 'a patch points the HPA at nothing',
      apps: {
        shop: app(
          `scale: {min: 2, max: 4}\n${patch('{spec: {scaleTargetRef: {name: shopp}}}', 'HorizontalPodAutoscaler')}`,
        ),
      },
      says: 'Deployment shopp',
    },
    {
      when: 'a manifest brings a second HPA',
      apps: { shop: app('scale: {min: 2, max: 4}\nmanifests: [apps/extra/hpa.yaml]') },
      manifests: {
        'apps/extra/hpa.yaml':
          '▸apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: more}\nspec: {maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}}\n',
      },
      says: 'HPAs shop and more',
    },
    { when: 'the HPA of an app', apps: { shop: app('scale: {min: 2, max: 4}') } },
  ]),
  ...casesOf('hpa-replicas', [
    {
      when: 'a patch states replicas beside the HPA',
      apps: { shop: app(`scale: {min: 2, max: 4}\n${patch('{spec: {replicas: 3}}')}`) },
      says: 'replicas: 3',
    },
    { when: 'replicas without an HPA', apps: { shop: app('scale: {min: 3, max: 3}') } },
  ]),
  ...casesOf('hpa-requests', [
    {
      when: 'a patch adds a container without requests',
      apps: {
        shop: app(
          `scale: {min: 2, max: 4}\npatches:\n  - ▸{target: {kind: Deployment}, json: [{op: add, path: /spec/template/spec/containers/-, value: {name: extra, image: "extra:1.0"}}]}\n`,
        ),
      },
      says: 'container extra has none',
    },
    {
      when: 'the target is an amount',
      apps: {
        shop: app(
          'scale: {min: 2, max: 4, metrics: [{cpu: 500m}]}\npatches:\n  - {target: {kind: Deployment}, json: [{op: add, path: /spec/template/spec/containers/-, value: {name: extra, image: "extra:1.0"}}]}\n',
        ),
      },
    },
  ]),
  ...casesOf('metrics-adapter', [
    {
      when: 'no adapter serves custom metrics',
      apps: { shop: app('scale: {min: 2, max: 4, metrics: ▸[{pods: {metric: queue, average: 10}}]}') },
      says: 'reads queue from custom.metrics.k8s.io',
    },
    {
      when: 'the cluster names the adapter',
      cluster: cluster('metricsAdapters: [external.metrics.k8s.io]'),
      apps: { shop: app('scale: {min: 2, max: 4, metrics: [{external: {metric: queue, average: 10}}]}') },
    },
  ]),
  ...casesOf('hpa-minimum', [
    { when: 'an HPA begins at 0', apps: { shop: app('scale: {min: ▸0, max: 4}') } },
    {
      when: 'a patch lets an HPA begin at 0',
      apps: { shop: app(`scale: {min: 2, max: 4}\n${patch('{spec: {minReplicas: 0}}', 'HorizontalPodAutoscaler')}`) },
    },
    { when: 'an app is switched off', apps: { shop: app('scale: {min: 0}') } },
  ]),
  ...casesOf('scale-range', [
    { when: 'max is below min', apps: { shop: app('scale: {min: 3, max: ▸2}') } },
    { when: 'max is min', apps: { shop: app('scale: {min: 3, max: 3}') } },
  ]),
  ...casesOf('hpa-tolerance', [
    {
      when: 'Kubernetes 1.34 does not know it',
      cluster: cluster('kubernetesVersion: "1.34"'),
      apps: { shop: app('scale: {min: 2, max: 4, up: {tolerance: ▸0.05}}') },
      says: 'came with 1.35',
    },
    { when: 'Kubernetes 1.35 knows it', apps: { shop: app('scale: {min: 2, max: 4, up: {tolerance: 0.05}}') } },
  ]),
];
