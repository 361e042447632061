import { describe, expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { argoprojSchema, eksctlSchema, kubernetesSchema, type ValidationSchema } from '../../src/facts/schemas.js';
import { rolloutsCrds } from '../../src/model/rollouts-crds.js';
import { supportedKubernetesVersions } from '../../src/facts/versions.js';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

const validators = new WeakMap<ValidationSchema, Map<string, ValidateFunction>>();

/** Compiling takes a tenth of a second: once a schema and kind. */
function validator(schema: ValidationSchema, kind: string): ValidateFunction {
  const ref = schema.kinds[kind];
  if (ref === undefined) throw new Error(`no schema for ${kind}`);
  const compiled = validators.get(schema) ?? new Map<string, ValidateFunction>();
  validators.set(schema, compiled);
  const validate =
    compiled.get(kind) ??
    new Ajv({ strict: false, allErrors: true }).compile({ $ref: ref, definitions: schema.definitions });
  compiled.set(kind, validate);
  return validate;
}

/** Paths of what the schema refuses in a manifest; none for a good one. */
function refused(schema: ValidationSchema, manifest: Manifest): string[] {
  const validate = validator(schema, `${manifest.apiVersion}/${manifest.kind}`);
  validate(manifest);
  return (validate.errors ?? []).map(({ instancePath, params }) =>
    `${instancePath} ${String(params['additionalProperty'] ?? '')}`.trimEnd(),
  );
}

const podTemplate = (container: object = {}) => ({
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'web',
        image: 'web:1',
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: 1 } },
        ...container,
      },
    ],
    initContainers: [{ name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' }],
  },
});

const deployment = (container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'web', creationTimestamp: null },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    template: podTemplate(container),
  },
  status: {},
});

describe.each(supportedKubernetesVersions)('Kubernetes %s', (kubernetes) => {
  test('every kind compiles', async () => {
    const { definitions, kinds } = await kubernetesSchema(kubernetes);
    const ajv = new Ajv({ strict: false }).addSchema({ $id: 'kubernetes', definitions });
    expect(Object.keys(kinds)).toHaveLength(32);
    for (const ref of Object.values(kinds)) expect(ajv.getSchema(`kubernetes${ref}`)).toBeInstanceOf(Function);
  });

  test('a good Deployment passes, with numbers or strings where both may stand', async () => {
    expect(refused(await kubernetesSchema(kubernetes), deployment())).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['an unknown field', { imagePullPolice: 'Always' }, ' imagePullPolice'],
    ['a wrong type', { image: 7 }, '/image'],
    ['no quantity', { resources: { requests: { memory: '64mb' } } }, '/resources/requests/memory'],
  ])('%s is refused where it stands', async (_what, container, where) => {
    expect(refused(await kubernetesSchema(kubernetes), deployment(container))).toContain(
      `/spec/template/spec/containers/0${where}`,
    );
  });

  test('a missing field is refused', async () => {
    const { spec, ...rest } = deployment();
    expect(refused(await kubernetesSchema(kubernetes), { ...rest, spec: { template: spec.template } })).toEqual([
      '/spec',
    ]);
  });
});

test('a field that came with 1.35 is refused before', async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [], workloadRef: { name: 'a', podGroup: 'b' } },
  };
  expect(refused(await kubernetesSchema('1.33'), pod)).toEqual(['/spec workloadRef']);
  expect(refused(await kubernetesSchema('1.35'), pod)).toEqual([]);
});

test('maps of names take any name', async () => {
  const schema = await kubernetesSchema('1.35');
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { 'any.name': 'x' } };
  expect(refused(schema, configMap)).toEqual([]);
  expect(refused(schema, { ...configMap, data: { on: true } })).toEqual(['/data/on']);
});

test('the CRDs of Argo Rollouts pass as CustomResourceDefinitions', async () => {
  const schema = await kubernetesSchema('1.35');
  for (const crd of rolloutsCrds) expect(refused(schema, { ...crd })).toEqual([]);
});

describe('Argo', () => {
  const rollout = (canary: object) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'web', labels: { app: 'web' } },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      strategy: { canary: { maxUnavailable: 0, steps: [{ setWeight: 10 }, { pause: { duration: '2m' } }], ...canary } },
      template: podTemplate(),
    },
  });

  test('a good Rollout passes', async () => {
    expect(refused(await argoprojSchema(), rollout({ maxSurge: '25%' }))).toEqual([]);
  });

  test('an unknown field of a Rollout is refused', async () => {
    expect(refused(await argoprojSchema(), rollout({ maxSurges: 1 }))).toEqual(['/spec/strategy/canary maxSurges']);
  });

  test('an Application takes any Helm values and no unknown field', async () => {
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'web', namespace: 'argocd' },
      spec: {
        project: 'apps',
        destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
        source: { repoURL: 'https://example.com/x.git', helm: { valuesObject: { anything: { goes: [1] } } } },
      },
    };
    expect(refused(await argoprojSchema(), application)).toEqual([]);
    const wrong = { ...application, spec: { ...application.spec, syncPolice: {} } };
    expect(refused(await argoprojSchema(), wrong)).toEqual(['/spec syncPolice']);
  });

  test("an AppProject keeps its field of the name 'description'", async () => {
    const project = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'apps' },
      spec: { description: 'Everything', sourceRepos: ['*'] },
    };
    expect(refused(await argoprojSchema(), project)).toEqual([]);
    expect(refused(await argoprojSchema(), { ...project, spec: { sourceRepos: '*' } })).toEqual(['/spec/sourceRepos']);
  });

  test('an AnalysisTemplate compiles and refuses a metric without a name', async () => {
    const template = (metric: object) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisTemplate',
      metadata: { name: 'web' },
      spec: { metrics: [{ provider: { job: { spec: { template: podTemplate() } } }, count: 3, ...metric }] },
    });
    const schema = await argoprojSchema();
    expect(refused(schema, template({ name: 'success' }))).toEqual([]);
    expect(refused(schema, template({}))).toEqual(['/spec/metrics/0']);
  });
});

describe('eksctl', () => {
  const config = (nodeGroup: object) => ({
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: 'prod', region: 'us-east-1', version: '1.35' },
    managedNodeGroups: [{ name: 'base', instanceTypes: ['m6i.large'], minSize: 2, ...nodeGroup }],
  });

  test('a good ClusterConfig passes and an unknown field does not', async () => {
    const validate = new Ajv({ strict: false }).compile(await eksctlSchema());
    expect(validate(config({ spot: true }))).toBe(true);
    expect(validate(config({ spots: true }))).toBe(false);
    expect(validate(config({ minSize: 'two' }))).toBe(false);
  });
});
