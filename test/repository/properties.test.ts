import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderTexts } from '../support/rendering.js';
import { podinfo, prod } from '../support/repository.js';
import { objectJudge } from '../support/schemas.js';

/** JSON is YAML: a spec written so has no ambiguous scalars, and needs no writer of our own. */
const yaml = (spec: object): string => `${JSON.stringify(spec)}\n`;

/** Mostly what a field wants, now and then something else. */
const mostly = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 24, arbitrary: good }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) });

const pick = (...values: readonly unknown[]): fc.Arbitrary<unknown> => mostly(fc.constantFrom(...values));

/** A map with any of the fields. */
const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  mostly(fc.record(fields, { requiredKeys: [] }));

const probe = mostly(
  fc.oneof(
    fc.constantFrom('/', '/healthz'),
    some({ http: pick('/x', { path: '/y', port: 'http', headers: { Host: 'a.example' } }), period: pick('3s', '1m') }),
    fc.constant({ grpc: {} }),
    fc.constant({ tcp: { port: 'http' } }),
    fc.constant({ exec: ['/bin/true'], timeout: '2s' }),
  ),
);

const app = fc.record(
  {
    name: fc.constant('shop'),
    image: pick('ghcr.io/acme/shop:1.2.3', 'ghcr.io/acme/shop', 'shop:latest'),
    kind: pick('service', 'worker', 'cronjob'),
    namespace: pick('shop', 'boutique', 'kube-system'),
    port: pick(8080, 0),
    ports: pick(
      [{ name: 'http', port: 8080, servicePort: 80 }],
      [
        { name: 'grpc', port: 9000 },
        { name: 'http', port: 9000 },
      ],
    ),
    env: some({ A: pick('x', 1, true), B: pick({ secret: { name: 's', key: 'k' } }, { field: 'status.podIP' }) }),
    files: some({ '/etc/a.yaml': pick('a: 012\n', ''), '/etc/b': pick('on') }),
    health: mostly(
      fc.oneof(
        fc.constant('/healthz'),
        some({ readiness: probe, liveness: probe, startup: probe, readyAfter: pick('5s', '90s') }),
      ),
    ),
    resources: some({
      cpu: pick('100m', 1, '64'),
      memory: pick('64Mi', '200Gi'),
      cpuLimit: pick('2'),
      memoryLimit: pick('32Mi', '1Gi'),
    }),
    volumes: pick(
      [{ name: 'tmp', path: '/tmp', emptyDir: {} }],
      [{ name: 'data', path: '/data', claim: { size: '1Gi' } }],
    ),
    sidecars: pick([{ name: 'proxy', image: 'proxy:1.0.0', port: 9901, readiness: '/ready' }]),
    capacity: pick('overflow', 'prefer-spot', 'on-demand'),
    scale: some({ min: pick(0, 1, 3), max: pick(1, 3, 40), cpu: pick('60%', '0%'), memory: pick('70%') }),
    release: some({
      canary: pick(['10%', '2m', '50%', 'pause'], ['100%']),
      analysis: pick({ job: {} }, { web: { url: 'http://x/', successCondition: 'result == 1' } }),
      maxSurge: pick(0, 1, '25%'),
      maxUnavailable: pick(0, 1),
    }),
    schedule: pick('0 3 * * *', '61 * * * *'),
    disruption: some({ maxUnavailable: pick(0, 1, '50%') }),
    termination: some({ gracePeriod: pick('30s', '10m'), preStop: pick('0s', '5s', '2m') }),
    spread: some({ zone: pick('none', 'DoNotSchedule'), host: pick('ScheduleAnyway') }),
    security: some({ runAsUser: pick(0, 65532), capabilities: pick(['NET_BIND_SERVICE'], ['SYS_ADMIN']) }),
    aws: some({ policies: pick(['arn:aws:iam::aws:policy/ReadOnlyAccess']) }),
    ingress: some({
      host: pick('shop.example.com'),
      certificateArn: pick('arn:aws:acm:us-east-1:111122223333:certificate/1'),
    }),
    network: some({ calls: pick(['podinfo'], ['nobody']), allowTo: pick([{ cidr: '0.0.0.0/0', ports: [443] }]) }),
    patches: pick([{ target: { kind: 'Service' }, merge: { spec: { sessionAffinity: 'ClientIP' } } }]),
    clusters: mostly(fc.record({ prod: pick(null, {}, { scale: { min: 2 } }, { image: null }) }, { requiredKeys: [] })),
  },
  { requiredKeys: ['name', 'image', 'clusters'] },
);

describe('any app spec', () => {
  test('renders objects that Kubernetes accepts, or gives diagnostics with a position and no file', async () => {
    const judge = await objectJudge('1.35');
    let rendered = 0;
    await fc.assert(
      fc.asyncProperty(app, async (spec) => {
        const { files, clusters, diagnostics } = await renderTexts({
          clusters: { prod },
          apps: { shop: yaml(spec), podinfo },
        });
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        expect(diagnostics.filter(({ at }) => at === undefined)).toEqual([]);
        if (errors.length > 0) {
          expect(files).toEqual([]);
          return;
        }
        rendered += 1;
        const objects = clusters.flatMap(({ objects: all }) => all).filter(({ owner }) => owner.kind === 'app');
        expect(objects.flatMap(({ object }) => judge(object))).toEqual([]);
      }),
      { numRuns: 150, seed: 20261123 },
    );
    // Random specs that never render would prove nothing.
    expect(rendered).toBeGreaterThan(10);
  });
});

describe('the rendered bytes', () => {
  const second = podinfo.replaceAll('podinfo', 'second');

  test('do not depend on the order of files', async () => {
    const one = await renderTexts({ apps: { podinfo, second } });
    const other = await renderTexts({ apps: { second, podinfo } });
    expect(other.files).toEqual(one.files);
    expect(one.files.length).toBeGreaterThan(60);
  });

  test('do not depend on the order of keys in a spec', async () => {
    const lines = podinfo.trimEnd().split('\n');
    const one = await renderTexts({ apps: { podinfo } });
    const other = await renderTexts({ apps: { podinfo: `${[...lines].reverse().join('\n')}\n` } });
    expect(other.files).toEqual(one.files);
  });

  test('are the same a second time', async () => {
    expect(await renderTexts({ apps: { podinfo } })).toEqual(await renderTexts({ apps: { podinfo } }));
  });

  test('of one app do not change with another', async () => {
    const alone = await renderTexts({ apps: { podinfo } });
    const together = await renderTexts({ apps: { podinfo, second } });
    const ofPodinfo = (path: string) =>
      path.startsWith('dist/prod/apps/podinfo/') || path.endsWith('Application-podinfo.yaml');
    const own = together.files.filter(({ path }) => ofPodinfo(path));
    expect(own.length).toBeGreaterThanOrEqual(6);
    expect(own).toEqual(alone.files.filter(({ path }) => ofPodinfo(path)));
  });
});
