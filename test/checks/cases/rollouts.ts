import { app, calm, casesOf, jsonPatch, manifest, patch, withManifest } from './case.js';

const canary = (merge: string) =>
  app(`${calm}release: {canary: [20%, 1m]}\n${patch(`{spec: {strategy: {canary: ${merge}}}}`, 'Rollout')}`);

const web = (rest: string) =>
  app(
    `${calm}release:\n  canary: [20%, 1m]\n  analysis:\n    web: {url: "http://{{args.service}}:8080/ok", jsonPath: "{$.ok}", successCondition: result == true, interval: 30s, ${rest}}`,
  );

const template = (spec: string) =>
  `▸apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: extra}\nspec: ${spec}\n`;

const job = 'provider: {job: {spec: {template: {spec: {containers: [{name: x, image: "busybox:1.38.0"}]}}}}}';

export const rolloutsCases = [
  ...casesOf('rollout-valid', [
    {
      when: 'a patch scales the canary without a router',
      apps: { shop: canary('{steps: [{setWeight: 20}, {setCanaryScale: {replicas: 2}}]}') },
      says: 'has setCanaryScale without a traffic router',
    },
    {
      when: 'a patch delays the scale-down',
      apps: { shop: canary('{scaleDownDelaySeconds: 30}') },
      says: 'scaleDownDelaySeconds without a traffic router',
    },
    { when: 'a patch scales the stable version', apps: { shop: canary('{dynamicStableScale: true}') } },
    {
      when: 'a patch has two kinds of step in one',
      apps: { shop: canary('{steps: [{setWeight: 20, pause: {duration: 1m}}]}') },
      says: 'setWeight and pause in one step (1)',
    },
    { when: 'a patch has an empty step', apps: { shop: canary('{steps: [{setWeight: 20}, {}]}') } },
    { when: 'a patch has a share above all', apps: { shop: canary('{steps: [{setWeight: 120}]}') } },
    { when: 'a patch has a pause of nonsense', apps: { shop: canary('{steps: [{pause: {duration: soon}}]}') } },
    {
      when: 'a patch adds a second strategy',
      apps: {
        shop: app(
          `${calm}release: {canary: [20%, 1m]}\n${jsonPatch('{op: add, path: /spec/strategy/blueGreen, value: {activeService: shop}}', 'Rollout')}`,
        ),
      },
      says: 'has two strategies',
    },
    {
      when: 'a manifest’s Rollout has one Service for both',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: other}\nspec: {strategy: {blueGreen: {activeService: a, previewService: a}}}\n',
      ),
      says: 'no two different Services',
    },
    {
      when: 'the deadline is within the time to be ready',
      apps: {
        shop: app(
          `${calm}release: {canary: [20%, 1m]}\n${patch('{spec: {minReadySeconds: 600, progressDeadlineSeconds: 600}}', 'Rollout')}`,
        ),
      },
    },
    {
      when: 'steps are as rendered, and a patch adds some',
      apps: {
        shop: app(`${calm}release: {canary: [20%, 1m, 50%, pause], analysis: {job: {}}}`),
        cart: app(
          `${calm}release: {canary: [20%, 1m]}\npatches: [{target: {kind: Rollout}, merge: {spec: {strategy: {canary: {steps: [{setWeight: 10}, {pause: {duration: 90}}, {pause: {}}]}}}}}]`,
          'cart',
        ),
      },
    },
  ]),
  ...casesOf('analysis-valid', [
    {
      when: 'fewer measurements than failures',
      apps: { shop: web('count: 4, failureLimit: ▸5') },
      says: 'measures 4 times, fewer than failureLimit 5',
    },
    {
      when: 'a manifest asks several at once',
      apps: { shop: withManifest() },
      manifests: manifest(template(`{metrics: [{name: a, provider: {job: {}, web: {url: "http://x"}}}]}`)),
      says: 'job and web',
    },
    {
      when: 'a manifest measures often without an interval',
      apps: { shop: withManifest() },
      manifests: manifest(template(`{metrics: [{name: a, count: 3, ${job}}]}`)),
      says: 'without an interval',
    },
    {
      when: 'a manifest has two metrics of one name',
      apps: { shop: withManifest() },
      manifests: manifest(template(`{metrics: [{name: a, ${job}}, {name: a, ${job}}]}`)),
    },
    {
      when: 'a manifest has none',
      apps: { shop: withManifest() },
      manifests: manifest(template('{metrics: []}')),
    },
    { when: 'as many measurements as failures', apps: { shop: web('count: 4, failureLimit: 4') } },
    {
      when: 'numbers are arguments',
      apps: { shop: withManifest() },
      manifests: manifest(
        template(
          `{metrics: [{name: a, count: "{{args.n}}", interval: "{{args.every}}", failureLimit: 9, ${job}}]}`,
        ).slice(1),
      ),
    },
  ]),
  ...casesOf('rollout-rights', [
    {
      when: 'a patch writes metadata onto pods',
      apps: { shop: canary('{canaryMetadata: {labels: {role: canary}}}') },
      says: 'may not change pods',
    },
    {
      when: 'a patch has an experiment',
      apps: { shop: canary('{steps: [{setWeight: 20}, {experiment: {templates: [{name: a, specRef: stable}]}}]}') },
      says: 'may not create Experiments',
    },
    {
      when: 'a patch has a traffic router',
      apps: { shop: canary('{trafficRouting: {alb: {ingress: shop, servicePort: 80}}}') },
    },
    {
      when: 'a manifest takes its pods from a Deployment',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: other}\nspec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: shop}, strategy: {canary: {}}}\n',
      ),
      says: 'workloadRef',
    },
    {
      when: 'an analysis takes an argument from a Secret',
      apps: { shop: withManifest() },
      manifests: manifest(
        template(`{args: [{name: key, valueFrom: {secretKeyRef: {name: a, key: b}}}], metrics: [{name: a, ${job}}]}`),
      ),
      says: 'may not read Secrets',
    },
    {
      when: 'an analysis asks Datadog',
      apps: { shop: withManifest() },
      manifests: manifest(template('{metrics: [{name: a, provider: {datadog: {query: x}}}]}')),
    },
    {
      when: 'a manifest is an Experiment',
      apps: { shop: withManifest() },
      manifests: manifest(
        '▸apiVersion: argoproj.io/v1alpha1\nkind: Experiment\nmetadata: {name: try}\nspec: {templates: []}\n',
      ),
    },
    { when: 'a canary as rendered', apps: { shop: app(`${calm}release: {canary: [20%, 1m], analysis: {job: {}}}`) } },
  ]),
  ...casesOf('canary-without-share', [
    { when: 'it only waits', apps: { shop: app(`${calm}release: {canary: ▸[5m]}`) }, says: 'no share' },
    { when: 'its share is all', apps: { shop: app(`${calm}release: {canary: ▸[100%]}`) } },
    { when: 'a patch takes the steps away', apps: { shop: canary('{steps: null}') } },
    { when: 'it has one', apps: { shop: app(`${calm}release: {canary: [20%, 5m]}`) } },
  ]),
];
