import { describe, expect, test } from '@jest/globals';
import Ajv, { type ValidateFunction } from 'ajv';
import { argoprojSchema, kubernetesSchema, type ValidationSchema } from '../../../src/facts/schemas.js';
import { supportedKubernetesVersions } from '../../../src/facts/versions.js';
import type { KubeObject } from '../../../src/model/kube-object.js';
import { prod } from '../../support/repository.js';
import { cronJob, names, render, service, worker } from './render.js';

const everything = `name: shop
image: ghcr.io/acme/shop:1.2.3
command: [/shop]
args: [--verbose]
workingDir: /srv
labels: {team: checkout}
podAnnotations: {example.com/scrape: "true"}
ports:
  - {name: http, port: 8080, servicePort: 80}
  - {name: grpc, port: 9090, appProtocol: kubernetes.io/h2c}
env:
  PLAIN: "1"
  SECRET: {secret: {name: db, key: password}}
  CONFIG: {configMap: {name: flags, key: beta, optional: true}}
  IP: {field: status.podIP}
  MEMORY: {resource: limits.memory}
envFrom: [{secret: all}, {configMap: more}]
files: {/etc/shop/app.yaml: "a: 1\\n"}
health:
  readiness: {http: {path: /ready, headers: {X-Probe: kubelet}}, initialDelay: 2s}
  liveness: {grpc: {port: grpc, service: shop}}
  startup: {exec: [/shop, check]}
resources: {cpu: "0.5", memory: 64Mi, memoryLimit: 128Mi, cpuLimit: "1", ephemeralStorage: 1Gi}
init: [{name: prepare, image: "ghcr.io/acme/prepare:1.0.0", mounts: [{volume: scratch, path: /scratch}]}]
sidecars:
  - {name: proxy, image: "ghcr.io/acme/proxy:1.0.0", port: 7000, readiness: {tcp: {}}, security: {runAsUser: 101}}
volumes:
  - {name: scratch, path: /scratch, emptyDir: {memory: true, sizeLimit: 10Mi}}
  - {name: tls, path: /tls, readOnly: true, secret: tls}
  - {name: flags, path: /flags, configMap: flags}
capacity: prefer-spot
scale:
  min: 3
  max: 30
  cpu: 60%
  memory: 70%
  up: {policies: [{pods: 4, period: 15s}, {percent: 100, period: 15s}], tolerance: 0.05}
  down: {select: Min}
release: {canary: [10%, 2m, 30%, pause], analysis: {job: {path: /ready}}}
ingress: {host: shop.example.com, certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/abc", group: public}
aws: {policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]}
network:
  allowTo: [{cidr: 10.0.0.0/8, ports: [5432, 53/UDP]}]
  allowFrom: [{namespace: monitoring, ports: [http]}]
externalSecrets:
  - {name: db, keys: [password], source: AWS Secrets Manager shop/db}
  - {name: all, keys: [A], source: AWS Secrets Manager shop/all}
  - {name: tls, keys: [tls.crt], source: AWS Secrets Manager shop/tls}
security: {capabilities: [NET_BIND_SERVICE]}
priorityClassName: high
clusters: {prod: {}}
`;

/** Every value in an object, itself included. */
function values(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return [value, ...Object.values(value).flatMap(values)];
}

type ValidatorOf = (kind: string) => ValidateFunction | undefined;

/** Compiles a kind's schema when it is first asked for: some are large. */
function validatorOf(schema: ValidationSchema): ValidatorOf {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema({ $id: 'all', definitions: schema.definitions });
  return (kind) => {
    const reference = schema.kinds[kind];
    return reference === undefined ? undefined : ajv.getSchema(`all${reference}`);
  };
}

function schemaErrors(objects: readonly KubeObject[], schemas: readonly ValidatorOf[]): string[] {
  return objects.flatMap((object) => {
    const validate = schemas
      .map((of) => of(`${object.apiVersion}/${object.kind}`))
      .find((found) => found !== undefined);
    if (validate === undefined) return [`no schema of ${object.apiVersion}/${object.kind}`];
    validate(object);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${object.kind}${instancePath} ${message ?? ''}`);
  });
}

describe('an app', () => {
  test('with a port is a Deployment behind a Service, with a budget, an account and a network policy', () => {
    expect(names(render(service()))).toEqual([
      'ServiceAccount/shop',
      'NetworkPolicy/shop',
      'Deployment/shop',
      'Service/shop',
      'PodDisruptionBudget/shop',
    ]);
  });

  test('without ports has no Service', () => {
    expect(names(render(worker()))).toEqual([
      'ServiceAccount/shop',
      'NetworkPolicy/shop',
      'Deployment/shop',
      'PodDisruptionBudget/shop',
    ]);
  });

  test('on a schedule has neither Service nor budget', () => {
    expect(names(render(cronJob('schedule: "0 3 * * *"')))).toEqual([
      'ServiceAccount/shop',
      'NetworkPolicy/shop',
      'CronJob/shop',
    ]);
  });

  test('that uses every field renders every kind', () => {
    expect(names(render(everything))).toEqual([
      'ServiceAccount/shop',
      'NetworkPolicy/shop',
      'ConfigMap/shop-files',
      'Rollout/shop',
      'Service/shop',
      'Service/shop-canary',
      'AnalysisTemplate/shop-analysis',
      'NetworkPolicy/shop-analysis',
      'HorizontalPodAutoscaler/shop',
      'PodDisruptionBudget/shop',
      'Ingress/shop',
    ]);
  });
});

describe('every object of an app', () => {
  let customResources: ValidatorOf | undefined;
  const variants = { everything, service: service(), worker: worker(), cronJob: cronJob('schedule: "@daily"') };

  test.each(Object.entries(variants))('names its namespace and wears all labels (%s)', (_, app) => {
    for (const { metadata } of render(app)) {
      expect(metadata.namespace).toBe('shop');
      expect(metadata.labels).toMatchObject({
        'app.kubernetes.io/name': 'shop',
        'app.kubernetes.io/managed-by': 'spillway',
      });
    }
  });

  test.each(Object.entries(variants))('holds no null, no empty list and no name of cdk8s (%s)', (_, app) => {
    const objects = render(app);
    const leftOver = values(objects).filter(
      (value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0),
    );
    expect(leftOver).toEqual([]);
    expect(JSON.stringify(objects)).not.toContain('cdk8s');
  });

  test('wears the labels that a person added, and is not selected by them', () => {
    const objects = render(everything);
    for (const { metadata } of objects) expect(metadata.labels).toMatchObject({ team: 'checkout' });
    const selectors = values(objects).filter((value) => (value as { matchLabels?: object } | null)?.matchLabels);
    expect(JSON.stringify(selectors)).not.toContain('team');
  });

  test.each(supportedKubernetesVersions)('is valid on Kubernetes %s', async (version) => {
    customResources ??= validatorOf(await argoprojSchema());
    const known = [validatorOf(await kubernetesSchema(version)), customResources];
    const cluster = prod.replace('"1.35"', `"${version}"`);
    // Before 1.35 the API server keeps no tolerance, and the specs may not ask for one.
    const apps = Object.values(variants).map((app) =>
      version === '1.35' ? app : app.replace(', tolerance: 0.05', ''),
    );
    for (const app of apps) expect(schemaErrors(render(app, cluster), known)).toEqual([]);
  });

  test('is the same whatever the order in which a spec names its fields', () => {
    const lines = service('capacity: on-demand', 'scale: {min: 2, max: 4}', 'labels: {b: "1", a: "2"}').split('\n');
    const reversed = ['name: shop', ...lines.filter((line) => !line.startsWith('name:')).reverse()].join('\n');
    expect(JSON.stringify(render(reversed))).toBe(JSON.stringify(render(lines.join('\n'))));
  });
});
