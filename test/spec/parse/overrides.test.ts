import { describe, expect, test } from '@jest/globals';
import { prod } from '../../support/repository.js';
import { parse } from '../said.js';

const staging = prod.replace('prod', 'staging');

/** The app a, from its text: its spec on each cluster and what is said. */
function onClusters(text: string) {
  const { specs, diagnostics } = parse({ clusters: { prod, staging }, apps: { a: text } });
  const on = (cluster: string) => {
    const found = specs.apps.find((candidate) => candidate.cluster === cluster);
    if (found === undefined) throw new Error(`nothing on ${cluster}: ${JSON.stringify(diagnostics)}`);
    return found.spec;
  };
  return {
    on,
    diagnostics,
    said: diagnostics.map(({ at, code, message }) => `${at?.line ?? 0}:${at?.column ?? 0} ${code}: ${message}`),
  };
}

const base = `name: a
image: acme/a:1.0.0
port: 80
args: [--verbose, --debug]
scale: {min: 3, max: 30, cpu: 60%}
health: /healthz
env: {LEVEL: info, REGION: us}
`;

describe('overrides', () => {
  const { on, diagnostics } = onClusters(`${base}clusters:
  prod:
  staging:
    args: [--quiet]
    scale: {min: 1, cpu: null}
    health:
      readiness: /readyz
    env:
      LEVEL: debug
      EXTRA: "1"
    files: {/etc/a.conf: x}
    namespace: shared
`);

  test('nothing differs where a cluster has null or an empty map', () => {
    expect(diagnostics).toEqual([]);
    expect(on('prod').value).toMatchObject({ args: ['--verbose', '--debug'], scale: { min: 3, max: 30, cpu: '60%' } });
  });

  test('maps merge, lists and scalars replace, null removes', () => {
    expect(on('staging').value).toEqual({
      name: 'a',
      image: 'acme/a:1.0.0',
      namespace: 'shared',
      port: 80,
      args: ['--quiet'],
      scale: { min: 1, max: 30 },
      health: { readiness: '/readyz' },
      env: { LEVEL: 'debug', REGION: 'us', EXTRA: '1' },
      files: { '/etc/a.conf': 'x' },
    });
    expect(Object.keys(on('staging').value.env ?? {})).toEqual(['LEVEL', 'REGION', 'EXTRA']);
  });

  test('each position is that of the text that holds', () => {
    const spec = on('staging');
    const place = (path: string | string[]) => {
      const at = spec.written(path);
      return at && `${at.line}:${at.column}`;
    };
    expect(place('image')).toBe('2:8');
    expect(place('args.0')).toBe('11:12');
    expect(place('args.1')).toBeUndefined();
    expect(place('scale.min')).toBe('12:18');
    expect(place('scale.max')).toBe('5:22');
    expect(place('env.LEVEL')).toBe('16:14');
    expect(place('env.REGION')).toBe('7:28');
    expect(place(['files', '/etc/a.conf'])).toBe('18:26');
    expect(on('prod').written('env.LEVEL')?.line).toBe(7);
  });

  test('a field that is not written points at the null that took it away, or at the key above', () => {
    const spec = on('staging');
    expect(spec.written('scale.cpu')).toBeUndefined();
    expect(spec.at('scale.cpu')).toMatchObject({ line: 12, column: 26 });
    expect(spec.at('scale.up.policies')).toMatchObject({ line: 12, column: 5, length: 5 });
    expect(spec.at('health.liveness')).toMatchObject({ line: 13, column: 5 });
    expect(spec.atKey('env.LEVEL')).toMatchObject({ line: 16, column: 7, length: 5 });
    expect(spec.at('')).toMatchObject({ file: 'apps/a.yaml', line: 1, column: 1 });
    expect(spec.at('resources')).toMatchObject({ line: 1, column: 1 });
  });

  test('a long form replaces a short one, and a short form a long one', () => {
    const text = `name: a\nimage: acme/a:1\nport: 80\nhealth: {readiness: /a, liveness: /b}\nclusters: {prod: {health: /c}}\n`;
    expect(onClusters(text).on('prod').value.health).toBe('/c');
  });

  test('null in the base means left out, and that is said', () => {
    const {
      on: of,
      said,
      diagnostics: warnings,
    } = onClusters('name: a\nimage: acme/a:1\nport: 80\nargs:\nenv: {A: null, B: b}\nclusters: {prod: {}}\n');
    expect(said).toEqual([
      '4:1 empty-field: `args` has no value, so it is left out',
      '5:7 empty-field: `env.A` has no value, so it is left out',
    ]);
    expect(warnings.map(({ severity, hint }) => [severity, hint])).toEqual([
      ['warning', 'remove it, or write a value'],
      ['warning', 'remove it, or write a value; "" is the empty text'],
    ]);
    expect(of('prod').value).toEqual({ name: 'a', image: 'acme/a:1', port: 80, env: { B: 'b' } });
  });

  test('null within a list stays, for a merge patch needs it', () => {
    const { on: of } = onClusters(
      'name: a\nimage: acme/a:1\nport: 80\npatches: [{target: {kind: Service}, merge: {spec: {type: null}}}]\nclusters: {prod: {}}\n',
    );
    expect(of('prod').value.patches?.[0]?.merge).toEqual({ spec: { type: null } });
  });
});

describe('what is wrong with overrides', () => {
  const app = `name: a\nimage: acme/a:1\nport: 80\n`;
  test.each<[string, string, string[]]>([
    ['a cluster that is not there', `${app}clusters:\n  prd: {}\n`, ['5:3 unknown-cluster: there is no cluster `prd`']],
    ['a list', `${app}clusters: [prod]\n`, ['4:11 invalid-value: `clusters` must be a map of clusters to overrides']],
    ['a scalar', `${app}clusters: {prod: true}\n`, ['4:18 invalid-value: `clusters.prod` must be a map of overrides']],
    [
      'another name, kind or nest',
      `${app}clusters:\n  prod:\n    name: b\n    kind: worker\n    clusters: {}\n`,
      [
        '6:5 override-not-allowed: `name` cannot be overridden: an app has one name on all its clusters',
        '7:5 override-not-allowed: `kind` cannot be overridden: an app is of one kind on all its clusters',
        '8:5 override-not-allowed: `clusters` cannot be overridden: overrides do not nest',
      ],
    ],
    [
      'a mistake in one override',
      `${app}clusters:\n  prod: {scale: {min: x}}\n  staging: {}\n`,
      ['5:23 invalid-value: `scale.min` must be a whole number of at least 0, not "x"'],
    ],
    [
      'a mistake in the base that every override hides',
      `${app}capacity: cheap\nclusters:\n  prod: {capacity: on-demand}\n  staging: {capacity: overflow}\n`,
      ['4:11 invalid-value: `capacity` must be `overflow`, `prefer-spot` or `on-demand`, not "cheap"'],
    ],
    [
      'a mistake in the base, once for all clusters',
      `${app}replicas: 1\nclusters: {prod: {}, staging: {}}\n`,
      ['4:1 unknown-field: there is no field `replicas`'],
    ],
    [
      'a field that is missing everywhere',
      `name: a\nport: 80\nclusters: {prod: {}, staging: {}}\n`,
      ['1:1 missing-field: `image` is missing'],
    ],
    [
      'a field that is missing on one cluster',
      `name: a\nport: 80\nclusters:\n  prod: {image: acme/a:1}\n  staging: {}\n`,
      ['5:3 missing-field: `image` is missing on cluster staging'],
    ],
    [
      'a field that one cluster takes away',
      `${app}clusters:\n  prod: {}\n  staging:\n    image: null\n`,
      ['7:5 missing-field: `image` is missing on cluster staging'],
    ],
    [
      'an ingress that only overrides complete, but not all of them',
      `${app}ingress: {path: /a}\nclusters:\n  prod: {ingress: {host: a.example.com}}\n  staging: {}\n`,
      ['4:1 missing-field: `ingress` must hold `host` or `hosts` on cluster staging'],
    ],
    [
      'two kinds of probe that meet by merging',
      `${app}health: {readiness: {http: /a}}\nclusters:\n  prod: {health: {readiness: {tcp: {}}}}\n`,
      ['6:31 exclusive-fields: `tcp` cannot stand beside `http` in `health.readiness`'],
    ],
  ])('%s', (_, text, expected) => {
    expect(onClusters(text).said).toEqual(expected);
  });

  test('a cluster with a similar name is suggested', () => {
    const { diagnostics } = onClusters(`${app}clusters: {stagin: {}}\n`);
    expect(diagnostics.map(({ hint }) => hint)).toEqual(['did you mean `staging`?']);
  });

  test('fields that only overrides give are enough', () => {
    const { on, diagnostics } = onClusters(
      `name: a\nport: 80\nclusters: {prod: {image: acme/a:1}, staging: {image: acme/a:2}}\n`,
    );
    expect(diagnostics).toEqual([]);
    expect(on('staging').value.image).toBe('acme/a:2');
  });

  test('an app that is wrong on one cluster is left out there alone, and named', () => {
    const { specs } = parse({
      clusters: { prod, staging },
      apps: { a: `${app}clusters: {prod: {}, staging: {capacity: x}}\n` },
    });
    expect(specs.apps.map(({ cluster }) => cluster)).toEqual(['prod']);
    expect(specs.unreadableApps).toEqual(['a']);
  });

  test.each(['', 'clusters:\n', 'clusters: {}\n'])('an app without a cluster is a warning (%j)', (end) => {
    const { diagnostics } = onClusters(app + end);
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning app-without-cluster']);
  });

  test('an app without a cluster is checked all the same', () => {
    const codes = onClusters('name: a\nprt: 80\n').diagnostics.map(({ code }) => code);
    expect(codes).toEqual(['missing-field', 'missing-field', 'app-without-cluster', 'unknown-field']);
  });
});
