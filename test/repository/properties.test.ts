import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { podFaults, timeZoneFaults } from '../support/pod-rules.js';
import { renderTexts } from '../support/rendering.js';
import { podinfo, prod } from '../support/repository.js';
import { objectJudge } from '../support/schemas.js';

/** JSON is YAML: a spec written so has no ambiguous scalars, and needs no writer of our own. */
const yaml = (spec: object): string => `${JSON.stringify(spec)}\n`;

/** Mostly what a field wants, now and then something else. */
const mostly = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) });

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

const image = pick('ghcr.io/acme/shop:1.2.3', 'ghcr.io/acme/shop@sha256:' + 'a'.repeat(64), 'shop:latest');

/** What any kind of app may have. */
const common = {
  namespace: pick('shop', 'boutique', 'kube-system'),
  env: some({ A: pick('x', 1, true), B: pick({ field: 'status.podIP' }, { resource: 'limits.memory' }) }),
  files: some({ '/etc/a.yaml': pick('a: 012\n', ''), '/etc/b': pick('on') }),
  resources: some({
    cpu: pick('100m', 1, '64'),
    memory: pick('64Mi', '1Gi', '200Gi'),
    cpuLimit: pick('2'),
    memoryLimit: pick('2Gi', '1Mi'),
  }),
  volumes: pick(
    [{ name: 'tmp', path: '/tmp', emptyDir: {} }],
    [{ name: 'c', path: '/c', emptyDir: { memory: true } }],
    [
      { name: 'c', path: '/c', emptyDir: {} },
      { name: 'c', path: '/etc/b', emptyDir: {} },
    ],
  ),
  capacity: pick('overflow', 'prefer-spot', 'on-demand'),
  termination: some({ gracePeriod: pick('30s', '45s'), preStop: pick('0s', '5s', '2m') }),
  spread: some({ zone: pick('none', 'DoNotSchedule'), host: pick('ScheduleAnyway') }),
  security: some({ runAsUser: pick(0, 65532), capabilities: pick(['NET_BIND_SERVICE'], ['SYS_ADMIN']) }),
  aws: some({ policies: pick(['arn:aws:iam::aws:policy/ReadOnlyAccess']) }),
  network: some({ calls: pick(['podinfo'], ['nobody']), allowTo: pick([{ cidr: '0.0.0.0/0', ports: [443] }]) }),
  init: pick(
    [{ name: 'wait', image: 'busybox:1.38.0', command: ['true'] }],
    [{ name: 'shop', image: 'busybox:1.38.0' }],
  ),
};

const replicated = {
  ...common,
  scale: some({ min: pick(0, 1, 3), max: pick(3, 40), cpu: pick('60%', '0%'), memory: pick('70%') }),
  disruption: some({ maxUnavailable: pick(0, 1, '50%') }),
  release: some({
    canary: pick(['10%', '2m', '50%', 'pause'], ['25%', '1m', '100%']),
    maxSurge: pick(0, 1, '25%'),
    maxUnavailable: pick(0, 1),
    historyLimit: pick(1, 3),
  }),
  sidecars: pick([{ name: 'proxy', image: 'proxy:1.0.0', port: 9901, readiness: '/ready' }]),
};

const served = {
  ...replicated,
  health: mostly(
    fc.oneof(
      fc.constant('/healthz'),
      some({ readiness: probe, liveness: probe, startup: probe, readyAfter: pick('5s', '90s') }),
    ),
  ),
  ingress: some({
    host: pick('shop.example.com'),
    certificateArn: pick('arn:aws:acm:us-east-1:111122223333:certificate/1'),
  }),
  patches: pick([{ target: { kind: 'ServiceAccount' }, merge: { metadata: { annotations: { note: 'x' } } } }]),
};

const start = {
  name: fc.constant('shop'),
  image,
  clusters: pick({ prod: {} }, { prod: null }, { prod: { scale: { min: 2 } } }, {}, { other: {} }),
};
const required = ['name', 'image', 'clusters'] as const;
const optional = (fields: Record<string, fc.Arbitrary<unknown>>, kind: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc
    .tuple(fc.record({ ...fields, ...start }, { requiredKeys: [...required] }), kind)
    // A quarter of the optional fields is plenty: with all of them nearly every spec has some mistake.
    .chain(([all, own]) =>
      fc
        .subarray(
          Object.keys(all).filter((key) => !required.some((name) => name === key)),
          { maxLength: 5 },
        )
        .map((keys) => ({
          ...Object.fromEntries([...required, ...keys].map((key) => [key, all[key as keyof typeof all]])),
          ...own,
        })),
    );

const app = fc.oneof(
  optional(
    served,
    fc.constantFrom(
      { port: 8080 },
      { ports: [{ name: 'http', port: 8080, servicePort: 80 }] },
      {
        ports: [
          { name: 'grpc', port: 9000 },
          { name: 'http', port: 9000 },
        ],
      },
    ),
  ),
  optional(replicated, fc.constant({ kind: 'worker' })),
  optional(
    common,
    fc.constantFrom(
      { kind: 'cronjob', schedule: '0 3 * * *' },
      { kind: 'cronjob', schedule: '61 * * * *' },
      { kind: 'cronjob', schedule: { cron: '0 3 * * *', timeZone: 'Europe/Pari' } },
    ),
  ),
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
        expect(objects.flatMap(({ object }) => [...podFaults(object), ...timeZoneFaults(object)])).toEqual([]);
      }),
      { numRuns: 60, seed: 20261123 },
    );
    // Random specs that never render would prove nothing.
    expect(rendered).toBeGreaterThan(12);
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
    const { files } = await renderTexts({ apps: { podinfo } });
    expect((await renderTexts({ apps: { podinfo } })).files).toEqual(files);
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
