import { app, calm, casesOf, cluster, patch } from './case.js';

export const releasesCases = [
  ...casesOf('release-can-move', [
    { when: 'a spec allows neither', apps: { shop: app('release: {maxSurge: ▸0}') }, says: 'both 0' },
    {
      when: 'a patch of a Rollout allows neither',
      apps: {
        shop: app(
          `${calm}release: {canary: [20%, 1m]}\n${patch('{spec: {strategy: {canary: {maxSurge: 0}}}}', 'Rollout')}`,
        ),
      },
    },
    { when: 'it may take pods away', apps: { shop: app('release: {maxSurge: 0, maxUnavailable: 1}') } },
  ]),
  ...casesOf('canary-weights', [
    {
      when: 'a share is below the one before',
      apps: { shop: app(`${calm}release: {canary: [50%, 1m, ▸20%, 1m]}`) },
      says: 'from 50% to 20%',
    },
    {
      when: 'a share is there twice',
      apps: { shop: app(`${calm}release: {canary: [20%, 1m, ▸20%, 1m]}`) },
      says: 'changes nothing',
    },
    { when: 'shares grow', apps: { shop: app(`${calm}release: {canary: [20%, 1m, 50%, 1m]}`) } },
  ]),
  ...casesOf('canary-share', [
    {
      when: 'one of few pods is far more',
      apps: { shop: app('scale: {min: 3, max: 30}\nrelease: {canary: [▸10%, 2m, 50%, 2m]}') },
      says: '1 of 4 pods: 25%',
    },
    {
      when: 'one pod and its surge are a half',
      cluster: cluster('production: false'),
      apps: { shop: app('release: {canary: [▸10%, 2m]}') },
      says: 'with 1 pod, the 10% step of shop is really 1 of 2 pods: 50%',
    },
    {
      when: 'pods can express the share',
      apps: { shop: app('scale: {min: 10, max: 30}\nrelease: {canary: [10%, 2m, 50%, 2m]}') },
    },
  ]),
  ...casesOf('canary-pause', [
    {
      when: 'a share is passed at once',
      apps: { shop: app(`${calm}release: {canary: [▸20%, 50%, 5m]}`) },
      says: 'does not stay at 20%',
    },
    {
      when: 'the first share is followed by an analysis',
      apps: { shop: app(`${calm}release: {canary: [20%, 50%, 5m], analysis: {job: {}}}`) },
    },
    { when: 'each share stays', apps: { shop: app(`${calm}release: {canary: [20%, 1m, 50%, 5m, 100%]}`) } },
  ]),
  ...casesOf('canary-promotion', [
    {
      when: 'a step waits for a person',
      apps: { shop: app(`${calm}release: {canary: [20%, ▸pause, 50%, 5m]}`) },
      says: 'waits until a person promotes',
    },
    { when: 'all pauses end', apps: { shop: app(`${calm}release: {canary: [20%, 5m]}`) } },
  ]),
  ...casesOf('analysis-needs-canary', [
    { when: 'a Deployment has an analysis', apps: { shop: app('release:\n  ▸analysis: {job: {}}') } },
    {
      when: 'a canary has an analysis',
      apps: { shop: app(`${calm}release: {canary: [20%, 5m], analysis: {job: {}}}`) },
    },
  ]),
  ...casesOf('analysis-provider', [
    {
      when: 'CloudWatch may not be read',
      apps: {
        shop: app(
          `${calm}release: {canary: [20%, 5m], analysis: {cloudWatch: ▸{namespace: AWS/ApplicationELB, metric: HTTPCode_Target_5XX_Count, successCondition: "result[0].Values[0] < 5"}}}`,
        ),
      },
    },
    {
      when: 'CloudWatch may be read',
      cluster: cluster('rollouts: {cloudWatch: true}'),
      apps: {
        shop: app(
          `${calm}release: {canary: [20%, 5m], analysis: {cloudWatch: {namespace: AWS/ApplicationELB, metric: HTTPCode_Target_5XX_Count, successCondition: "result[0].Values[0] < 5"}}}`,
        ),
      },
    },
  ]),
  ...casesOf('progress-deadline', [
    {
      when: 'a start may take longer than the deadline',
      apps: {
        shop: app('health: {startup: {http: /, period: 10s, failureThreshold: 60}}\nrelease: {progressDeadline: ▸5m}'),
      },
      says: '600s',
    },
    {
      when: 'the deadline is longer',
      apps: { shop: app('health: {startup: {http: /, period: 10s, failureThreshold: 30}}') },
    },
  ]),
  ...casesOf('release-capacity', [
    { when: 'a release may take both pods', apps: { shop: app('release: {maxUnavailable: ▸2}') }, says: '2 of 2 pods' },
    { when: 'a share of few pods rounds down', apps: { shop: app('release: {maxUnavailable: 75%}') } },
  ]),
  ...casesOf('image-pinned', [
    { when: 'the tag is latest', apps: { shop: app('image: ▸ghcr.io/acme/shop:latest') }, says: 'is latest' },
    { when: 'there is no tag', apps: { shop: app('image: ▸registry.local:5000/acme/shop') }, says: 'has no tag' },
    { when: 'the tag is a word', apps: { shop: app('image: ▸ghcr.io/acme/shop:stable') }, says: 'which moves' },
    { when: 'a sidecar moves', apps: { shop: app('sidecars: [{name: proxy, image: ▸"envoy:latest"}]') } },
    {
      when: 'a manifest moves',
      apps: { shop: app('manifests: [apps/extra/job.yaml]') },
      manifests: {
        'apps/extra/job.yaml':
          '▸apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: once, image: busybox}]}}}\n',
      },
    },
    { when: 'a digest and no tag', apps: { shop: app(`image: ghcr.io/acme/shop@sha256:${'a'.repeat(64)}`) } },
    { when: 'a version', apps: { shop: app() } },
  ]),
];
