import { app, casesOf, cluster, nodeGroups, patch, podPatch, worker } from './case.js';

export const endingsCases = [
  ...casesOf('grace-period', [
    {
      when: 'work takes longer than the grace period leaves',
      apps: { shop: app('termination: {gracePeriod: ▸20s, preStop: 10s, work: 15s}') },
      says: '10s before the signal and needs 15s',
    },
    { when: 'a patch shortens the grace period', apps: { shop: app(podPatch('{terminationGracePeriodSeconds: 5}')) } },
    { when: 'the defaults', apps: { shop: app() } },
  ]),
  ...casesOf('spot-grace-period', [
    {
      when: 'an overflow app takes two minutes to end',
      apps: { shop: app('termination: {gracePeriod: ▸2m}') },
      says: '120s to end',
    },
    {
      when: 'an on-demand app takes two minutes to end',
      apps: { shop: app('capacity: on-demand\ntermination: {gracePeriod: 2m}') },
    },
    { when: 'there is no Spot', cluster: nodeGroups('base'), apps: { shop: app('termination: {gracePeriod: 2m}') } },
  ]),
  ...casesOf('drain-time', [
    {
      when: 'one at a time is too slow for a big app',
      apps: { shop: app('scale: {min: 20, max: 20}\ndisruption: {maxUnavailable: ▸1}') },
      says: '1 at once',
    },
    {
      when: 'slow starters make a quarter at a time too slow',
      apps: {
        shop: app(
          'scale: {min: 12, max: 12}\nhealth: {readiness: /, readyAfter: 45s}\ndisruption: {maxUnavailable: ▸25%}',
        ),
      },
      says: '3 × 45s + 60s grace',
    },
    { when: 'the default lets a quarter go', apps: { shop: app('scale: {min: 20, max: 20}') } },
    {
      when: 'the app is never on Spot',
      apps: { shop: app('capacity: on-demand\nscale: {min: 20, max: 20}\ndisruption: {maxUnavailable: 1}') },
    },
  ]),
  ...casesOf('pre-stop', [
    {
      when: 'a service does not sleep',
      apps: { shop: app('termination: {preStop: ▸0s}') },
      says: 'Service shop still sends',
    },
    { when: 'a worker does not sleep', apps: { shop: worker() } },
    { when: 'a service sleeps', apps: { shop: app() } },
  ]),
  ...casesOf('deregistration-delay', [
    {
      when: 'the delay is longer than the sleep',
      apps: { shop: app('ingress: {host: shop.example.com, deregistrationDelay: ▸60s}') },
      says: '60s',
    },
    {
      when: 'a patch takes the attribute away, so AWS’ 300s hold',
      apps: {
        shop: app(
          `ingress: {host: shop.example.com}\n${patch('{metadata: {annotations: {alb.ingress.kubernetes.io/target-group-attributes: null}}}', 'Ingress')}`,
        ),
      },
      says: '300s',
    },
    { when: 'the default', apps: { shop: app('ingress: {host: shop.example.com}') } },
  ]),
  ...casesOf('disruption-budget', [
    {
      when: 'maxUnavailable is 0',
      apps: { shop: app('disruption: {maxUnavailable: ▸0}') },
      says: 'maxUnavailable 0 of 2 pods',
    },
    {
      when: 'a patch asks for all pods to stay',
      apps: { shop: app(patch('{spec: {maxUnavailable: null, minAvailable: 2}}', 'PodDisruptionBudget')) },
    },
    {
      when: 'a share of one pod rounds up',
      apps: { shop: app('scale: {min: 1, max: 1}\ndisruption: {maxUnavailable: 10%}') },
    },
  ]),
  ...casesOf('one-disruption-budget', [
    {
      when: 'a manifest brings a second budget',
      apps: { shop: app('manifests: [apps/extra/pdb.yaml]') },
      manifests: {
        'apps/extra/pdb.yaml':
          '▸apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: more}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app.kubernetes.io/name: shop}}}\n',
      },
      says: 'shop and more',
    },
    { when: 'one budget', apps: { shop: app() } },
  ]),
  ...casesOf('single-pod', [
    { when: 'a production service has one pod', apps: { shop: app('scale: {min: ▸1, max: 3}') } },
    { when: 'a worker has one pod', apps: { shop: worker('scale: {min: 1, max: 1}') } },
    { when: 'the cluster is not production', cluster: cluster('production: false'), apps: { shop: app() } },
  ]),
];
