import { describe, expect, test } from '@jest/globals';
import { appSpec } from '../../src/spec/schema/app.js';
import { podinfo, prod, resolvedApp, resolvedCluster } from '../support/repository.js';

const with_ = (lines: string) => podinfo.replace('clusters:', `${lines}\nclusters:`);
const staging = prod.replace('region:', 'production: false\nregion:');
const app = (lines = '', cluster = prod) => resolvedApp(lines === '' ? podinfo : with_(lines), cluster).app;

describe('how many pods', () => {
  test('two in production and one elsewhere, fixed, where nothing is said', () => {
    expect(app().scale).toMatchObject({ min: 2, max: 2, autoscaled: false, metrics: [] });
    expect(app('', staging).scale).toMatchObject({ min: 1, max: 1, autoscaled: false });
  });

  test('a max alone autoscales by CPU from the standing minimum', () => {
    expect(app('scale: {max: 9}').scale).toMatchObject({
      min: 2,
      max: 9,
      autoscaled: true,
      metrics: [{ kind: 'cpu', utilizationPercent: 70 }],
    });
  });

  test('a max of one is one pod in production too', () => {
    expect(app('scale: {max: 1}').scale).toMatchObject({ min: 1, max: 1, autoscaled: false });
  });

  test('another metric takes the place of CPU', () => {
    expect(app('scale: {max: 9, memory: 80%}').scale.metrics).toEqual([{ kind: 'memory', utilizationPercent: 80 }]);
  });
});

describe('short forms', () => {
  test('one port is named http', () => {
    expect(app().ports).toEqual([{ name: 'http', port: 9898, servicePort: 9898, protocol: 'TCP' }]);
  });

  test('a health path serves readiness and liveness', () => {
    const short = resolvedApp(podinfo.replace(/^health: .*$/m, 'health: /healthz')).app.container;
    expect([short.readiness?.handler, short.liveness?.handler, short.startup]).toEqual([
      { kind: 'http', path: '/healthz', port: 'http', scheme: 'HTTP', headers: [] },
      { kind: 'http', path: '/healthz', port: 'http', scheme: 'HTTP', headers: [] },
      undefined,
    ]);
  });

  test('the memory limit is the request, and there is no CPU limit', () => {
    const { resources } = app().container;
    expect(resources.memoryLimit).toEqual(resources.memory);
    expect(resources.cpuLimit).toBeUndefined();
  });
});

describe('how a pod ends', () => {
  test('longer behind a load balancer, which lets go while the pod sleeps', () => {
    const behind = app('ingress: {host: a.example.com}');
    expect(app().termination.preStopSeconds).toBe(10);
    expect(behind.termination.preStopSeconds).toBe(20);
    expect(behind.ingress?.deregistrationDelaySeconds).toBe(15);
  });
});

describe('an AWS identity', () => {
  const policy = 'aws: {policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}';

  test('has one name for both sides, and no ARN with Pod Identity', () => {
    expect(app(policy).aws).toEqual({
      policies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      statements: [],
      roleName: expect.stringMatching(/^prod-podinfo-[0-9a-f]{8}$/) as unknown,
    });
  });

  test('has its ARN with IRSA', () => {
    const irsa = `${prod}identity: irsa\naccountId: "111122223333"\n`;
    const { roleArn, roleName } = app(policy, irsa).aws ?? {};
    expect(roleArn).toBe(`arn:aws:iam::111122223333:role/${roleName ?? ''}`);
  });

  const roleName = (name: string, namespace: string) =>
    resolvedApp(`${podinfo.replace('name: podinfo', `name: ${name}`)}namespace: ${namespace}\n${policy}\n`).app.aws
      ?.roleName ?? '';

  test('is cut to what IAM takes, and stays one’s own', () => {
    const long = roleName('podinfo', 'n'.repeat(60));
    expect(long).toHaveLength(64);
    expect(long).not.toBe(roleName('podinfo', 'n'.repeat(61)));
  });

  test('is no other app’s where hyphens make one name of two', () => {
    expect(roleName('orders', 'shop')).not.toBe(roleName('shop-orders', 'shop-orders'));
    expect(roleName('a', 'b-c')).not.toBe(roleName('c-a', 'b'));
  });

  test('is no controller’s, whatever the app is called', () => {
    const { controllerRoles } = resolvedCluster({
      cluster: `${prod}rollouts: {cloudWatch: true}\n`,
      apps: {
        podinfo: `${podinfo}scale: {max: 1}\nvolumes: [{name: d, path: /d, claim: {size: 1Gi}}]\ningress: {host: a.example.com}\n`,
      },
    });
    const reserved = Object.values(controllerRoles).map((role: { roleName: string }) => role.roleName);
    expect(reserved).toHaveLength(5);
    expect(reserved.filter((name) => /-[0-9a-f]{8}$/.test(name))).toEqual([]);
    expect(roleName('load-balancer', 'load-balancer')).toMatch(/^prod-load-balancer-[0-9a-f]{8}$/);
  });

  test('without a permission is none', () => {
    expect(app('aws: {}').aws).toBeUndefined();
  });
});

describe('a disk that one pod holds', () => {
  test('is let go of before the new pod comes', () => {
    const release = app('scale: {max: 1}\nvolumes: [{name: d, path: /d, claim: {size: 1Gi}}]').release;
    expect(release).toMatchObject({ maxSurge: { count: 0 }, maxUnavailable: { count: 1 } });
  });
});

describe('explain', () => {
  const field = (path: string, lines = '') => app(lines).provenance.fields.find((candidate) => candidate.path === path);

  test('says the line of what is written', () => {
    expect(field('resources.cpu')).toEqual({
      path: 'resources.cpu',
      value: '100m',
      origin: {
        kind: 'written',
        at: expect.objectContaining({ file: 'apps/podinfo.yaml', line: 5, column: 18 }) as unknown,
      },
    });
  });

  test('says the reason of what is not', () => {
    expect(field('capacity')).toMatchObject({
      value: 'overflow',
      origin: { kind: 'default', why: expect.stringContaining('stable') as unknown },
    });
    expect(field('health.readiness.period')).toMatchObject({ value: '5s', origin: { kind: 'default' } });
  });

  test('shows every field, also one that nothing was decided about', () => {
    const { fields } = app('externalSecrets: [{name: a, keys: [b], source: c}]').provenance;
    const names = new Set(fields.map(({ path }) => path.split('.', 1)[0]));
    expect(Object.keys(appSpec.shape).filter((name) => !names.has(name))).toEqual([]);
    expect(fields.find(({ path }) => path === 'externalSecrets')).toMatchObject({ origin: { kind: 'written' } });
    expect(fields.find(({ path }) => path === 'labels')).toMatchObject({ value: null, origin: { kind: 'default' } });
  });

  test('gives the reason for the branch that was taken', () => {
    const why = (path: string, lines: string) => {
      const origin = field(path, lines)?.origin;
      return origin?.kind === 'default' ? origin.why : undefined;
    };
    expect(why('spread.host', 'capacity: prefer-spot')).toMatch(/every pod/);
    expect(why('spread.host', '')).toMatch(/preference for on-demand/);
  });

  test('leaves no default without a reason', () => {
    const silent = app(
      'ingress: {host: a.example.com}\nrelease: {canary: [50%], analysis: {job: {}}}',
    ).provenance.fields.filter(
      ({ origin, value }) => origin.kind === 'default' && origin.why === undefined && value !== null,
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});
