import { describe, expect, test } from '@jest/globals';
import { prod } from '../../support/repository.js';
import { app, parse, places } from '../said.js';

describe('what no schema knows is said at its key, with what was meant', () => {
  test.each<[string, string, string[], string | undefined]>([
    ['a typing error', 'resorces: {cpu: 100m}', ['1:1 unknown-field'], 'did you mean `resources`?'],
    ['a wrong case', 'envfrom: []', ['1:1 unknown-field'], 'did you mean `envFrom`?'],
    [
      'a field in a map',
      'scale: {minimum: 2}',
      ['1:9 unknown-field'],
      'known here: `min`, `max`, `cpu`, `memory`, `metrics`, `up` or `down`',
    ],
    ['a Kubernetes word', 'replicas: 3', ['1:1 unknown-field'], 'here it is `scale.min`'],
    [
      'a Kubernetes word for a field that is there too',
      'scale: {min: 1}\nreplicas: 3',
      ['2:1 unknown-field'],
      'here it is `scale.min`',
    ],
    ['nothing like it', 'frobnicate: 3', ['1:1 unknown-field'], 'docs/spec.md lists the fields'],
    ['a field of JavaScript', 'toString: 3', ['1:1 unknown-field'], 'docs/spec.md lists the fields'],
    [
      'a field in a list',
      'volumes:\n  - {name: a, emptyDir: {}, pth: /a}',
      ['2:29 unknown-field'],
      'did you mean `path`?',
    ],
    ['a kind of probe', 'health: {readiness: {htp: /a}}', ['1:22 unknown-field'], 'did you mean `http`?'],
  ])('%s', (_, body, expected, hint) => {
    const said = app(`${body}\n`);
    expect(said.places).toEqual(expected);
    expect(said.hints).toEqual([hint]);
  });

  test('`cluster` is a typing error for `clusters`, though that is no field of the merged spec', () => {
    const { diagnostics } = parse({ apps: { a: 'name: a\nimage: acme/a:1\nport: 80\ncluster: {prod: {}}\n' } });
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ['app-without-cluster', 'name its clusters, such as `clusters: {prod: {}}`'],
      ['unknown-field', 'did you mean `clusters`?'],
    ]);
  });
});

describe('a wrong value is said at the value, with what it must be', () => {
  test.each<[string, string, string]>([
    ['scale: {min: many}', '1:14 invalid-value', '`scale.min` must be a whole number of at least 0, not "many"'],
    ['scale: {min: 1.5}', '1:14 invalid-value', '`scale.min` must be a whole number of at least 0, not 1.5'],
    ['scale: 3', '1:8 invalid-value', '`scale` must be a map, not 3'],
    ['scale: {cpu: 60}', '1:14 invalid-value', '`scale.cpu` must be a share such as 60%, from 1% to 100%, not 60'],
    ['args: -v', '1:7 invalid-value', '`args` must be a list, not "-v"'],
    ['args: [a, 1]', '1:11 invalid-value', '`args[1]` must be a text, not 1'],
    ['args: {a: b}', '1:7 invalid-value', '`args` must be a list, not a map'],
    ['serviceAccountToken: maybe', '1:22 invalid-value', '`serviceAccountToken` must be true or false, not "maybe"'],
    [
      'capacity: overflo',
      '1:11 invalid-value',
      '`capacity` must be `overflow`, `prefer-spot` or `on-demand`, not "overflo"',
    ],
    [
      'namespace: My_App',
      '1:12 invalid-value',
      '`namespace` must be a DNS label: lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit, not "My_App"',
    ],
    [
      'namespace: ../etc',
      '1:12 invalid-value',
      '`namespace` must be a DNS label: lower-case letters, digits and "-", at most 63, starting and ending with a letter or digit, not "../etc"',
    ],
    [
      'workingDir: /a/../b',
      '1:13 invalid-value',
      '`workingDir` must be an absolute path such as /healthz, without "..", not "/a/../b"',
    ],
    [
      'workingDir: "/a\\n/../b"',
      '1:13 invalid-value',
      '`workingDir` must be an absolute path such as /healthz, without "..", not "/a\\n/../b"',
    ],
    [
      'resources: {cpu: -1}',
      '1:18 invalid-value',
      '`resources.cpu` must be a CPU quantity such as 250m or 1.5, not -1',
    ],
    [
      'resources: {memory: 64}',
      '1:21 invalid-value',
      '`resources.memory` must be a memory quantity with its unit, such as 256Mi or 2Gi, not 64',
    ],
    ['release: {canary: []}', '1:19 invalid-value', '`release.canary` must be a list that is not empty, not one of 0'],
    [
      'release: {canary: [10%, 2 minutes]}',
      '1:25 invalid-value',
      '`release.canary[1]` must be a share such as 60%, from 1% to 100%, or a duration such as 90s, 5m or 1h, or `pause`, not "2 minutes"',
    ],
    [
      'env: {A: [1]}',
      '1:10 invalid-value',
      '`env.A` must be a text, or a number, or true or false, or a map, not a list',
    ],
    [
      'health: 3',
      '1:9 invalid-value',
      '`health` must be an absolute path such as /healthz, without "..", or a map, not 3',
    ],
    [
      'health: {readiness: {http: healthz}}',
      '1:28 invalid-value',
      '`health.readiness.http` must be an absolute path such as /healthz, without "..", or a map, not "healthz"',
    ],
    [
      'manifests: [../secret.yaml]',
      '1:13 invalid-value',
      '`manifests[0]` must be a path relative to the root of this repository, without "." or ".." parts, not "../secret.yaml"',
    ],
    [
      'network: {allowTo: [{cidr: 10.0.0.010/8, ports: [443]}]}',
      '1:28 invalid-value',
      '`network.allowTo[0].cidr` must be an IPv4 range such as 10.0.0.0/16, not "10.0.0.010/8"',
    ],
    [
      'network: {allowTo: [{cidr: 10.0.0.0/8, ports: [70000/TCP]}]}',
      '1:48 invalid-value',
      '`network.allowTo[0].ports[0]` must be a whole number from 1 to 65535, or a port such as 443 or 53/UDP, not "70000/TCP"',
    ],
    [
      'env: {1A: x}',
      '1:7 invalid-key',
      'the key `1A` in `env` must be a name that a shell can use: letters, digits and "_", not starting with a digit',
    ],
    [
      'files: {etc/a: x}',
      '1:9 invalid-key',
      'the key `etc/a` in `files` must be the absolute path of a file, such as /etc/app.yaml, without ".."',
    ],
    [
      'files: {/etc/: x}',
      '1:9 invalid-key',
      'the key `/etc/` in `files` must be the absolute path of a file, such as /etc/app.yaml, without ".."',
    ],
    ['files: {/etc/a.yaml: 1}', '1:22 invalid-value', '`files["/etc/a.yaml"]` must be a text, not 1'],
    [
      'silence: {some-check: because}',
      '1:23 invalid-value',
      '`silence.some-check` must be a reason of at least 10 characters, not "because"',
    ],
  ])('%s', (body, place, message) => {
    const said = app(`${body}\n`);
    expect(said.places).toEqual([place]);
    expect(said.messages).toEqual([message]);
  });

  test('a choice that is nearly right is named, and a number that must be a text is quoted', () => {
    expect(app('capacity: overflo\n').hints).toEqual(['did you mean `overflow`?']);
    expect(app('args: [1]\n').hints).toEqual(['put it in quotes: "1"']);
  });

  test.each<[string, string | undefined]>([
    ['resources: {memory: 512}', 'write `512Mi`'],
    ['resources: {memory: "512"}', 'write `512Mi`'],
    ['resources: {memory: 2}', 'write `2Gi`'],
    ['resources: {memory: 536870912}', 'write `512Mi`'],
    ['resources: {memory: 512MB}', 'write `512Mi` or `512M`'],
    ['resources: {memory: 1 gib}', 'write `1Gi`'],
    ['resources: {memory: much}', undefined],
    ['resources: {cpu: 250 m}', 'write `250m`'],
    ['termination: {gracePeriod: 20}', 'write `20s`'],
    ['termination: {gracePeriod: 2 minutes}', 'write `2m`'],
    ['termination: {gracePeriod: 1d}', 'write `24h`'],
    ['termination: {gracePeriod: 500ms}', undefined],
    ['scale: {cpu: 65}', 'write `65%`'],
    ['scale: {cpu: 0.65}', 'write `65%`'],
    ['scale: {cpu: 650}', undefined],
    ['release: {canary: [10, 2m]}', 'write `10%` or `10s`'],
    ['kind: Deployment', 'write `service` or `worker`'],
    ['kind: Job', 'write `cronjob`'],
    ['kind: CronJob', 'did you mean `cronjob`?'],
    ['ingress: {host: "https://Shop.example.com/cart"}', 'write `shop.example.com`'],
    ['ingress: {host: https://shop.example.com}', 'write `shop.example.com`'],
    ['ingress: {host: a.example.com, certificateArn: mine}', undefined],
    ['health: healthz', 'write `/healthz`'],
    ['namespace: Shop', 'write `shop`'],
    ['manifests: [./apps/a/x.yaml]', 'write `apps/a/x.yaml`'],
    ['env: {A: [1]}', undefined],
    ['disruption: {maxUnavailable: many}', undefined],
  ])('an obvious fix is said: %s', (body, hint) => {
    expect(app(`${body}\n`).hints).toEqual([hint]);
  });

  test.each([
    ['ghcr.io/Acme/Shop:V1', 'write `ghcr.io/acme/shop:V1`'],
    ['https://ghcr.io/acme/shop:1.0.0', 'write `ghcr.io/acme/shop:1.0.0`'],
    ['HTTPS://ghcr.io/Acme/shop', 'write `ghcr.io/acme/shop`'],
    ['ghcr.io/acme/my shop', undefined],
    ['"@"', undefined],
  ])('an obvious fix of an image is said: %s', (image, hint) => {
    expect(app('', `name: a\nimage: ${image}\nport: 80\nclusters: {prod: {}}\n`).hints).toEqual([hint]);
  });

  test('an ARN’s example fits its field', () => {
    const { diagnostics } = parse({
      clusters: {
        prod: `${prod}secretsEncryptionKeyArn: mine\naccess: [{principalArn: me, policy: view}]\n`.replace(
          'branch: main}',
          'webhook: {host: a.example.com, certificateArn: mine}}',
        ),
      },
      apps: {
        a: 'name: a\nimage: acme/a:1\nport: 80\ningress: {host: a.example.com, certificateArn: x}\naws: {policies: [x]}\nclusters: {prod: {}}\n',
      },
    });
    const such = diagnostics.map(({ message }) =>
      /`(\S+)` must be .* such as arn:aws:([a-z]+):[^/]*:([a-z]+)\//.exec(message),
    );
    expect(such.map((match) => match?.slice(1))).toEqual([
      ['ingress.certificateArn', 'acm', 'certificate'],
      ['aws.policies[0]', 'iam', 'policy'],
      ['gitops.webhook.certificateArn', 'acm', 'certificate'],
      ['secretsEncryptionKeyArn', 'kms', 'key'],
      ['access[0].principalArn', 'iam', 'role'],
    ]);
  });

  test('a Kubernetes version without quotes', () => {
    const { diagnostics } = parse({ clusters: { prod: prod.replace('"1.35"', '1.35') } });
    expect(places(diagnostics)).toEqual(['3:20 invalid-value']);
    expect(diagnostics[0]?.message).toBe(
      '`kubernetesVersion` must be a minor version in quotes, such as "1.35", not 1.35',
    );
    expect(diagnostics[0]?.hint).toBe('put it in quotes: "1.35"');
    expect(places(parse({ clusters: { prod: prod.replace('"1.35"', '1.30') } }).diagnostics)).toEqual([
      '3:20 ambiguous-number',
    ]);
  });
});

describe('what is missing is said at the nearest thing that is there', () => {
  test.each<[string, string, string, string]>([
    [
      'in a map, at its key',
      'env:\n  A:\n    secret:\n      name: x',
      '3:5 missing-field',
      '`env.A.secret.key` is missing',
    ],
    [
      'in a list, at the item',
      'volumes:\n  - {name: a, claim: {}}',
      '2:15 missing-field',
      '`volumes[0].claim.size` is missing',
    ],
    [
      'of a kind of map',
      'volumes:\n  - name: a',
      '2:5 missing-field',
      '`volumes[0]` must hold `emptyDir`, `secret`, `configMap` or `claim`',
    ],
  ])('%s', (_, body, place, message) => {
    const said = app(`${body}\n`);
    expect(said.places).toEqual([place]);
    expect(said.messages).toEqual([message]);
  });

  test('at the top, at the first key', () => {
    const { diagnostics } = parse({ apps: { a: '# a comment\nname: a\nport: 80\nclusters: {prod: {}}\n' } });
    expect(places(diagnostics)).toEqual(['2:1 missing-field']);
    expect(diagnostics[0]?.hint).toMatch(
      /^Image with a version in its tag, or a digest; it must be an image reference/,
    );
  });
});

describe('a union is followed down the branch that was meant', () => {
  test.each<[string, string, string[]]>([
    ['an http probe with a wrong port', 'health: {readiness: {http: {path: /a, port: 99999}}}', ['1:45 invalid-value']],
    ['a wrong timing of a tcp probe', 'health: {liveness: {tcp: {}, period: 5}}', ['1:38 invalid-value']],
    ['two kinds of probe at once', 'health: {liveness: {tcp: {}, http: /a}}', ['1:30 exclusive-fields']],
    [
      'three kinds of volume at once',
      'volumes: [{name: a, secret: b, claim: {size: 1Gi}, emptyDir: {}}]',
      ['1:32 exclusive-fields', '1:52 exclusive-fields'],
    ],
    [
      'a strange field in one kind of volume',
      'volumes: [{name: a, secret: b, sizeLimit: 1Gi}]',
      ['1:32 unknown-field'],
    ],
    ['a caller by namespace', 'network: {allowFrom: [{namespace: x, ports: [0]}]}', ['1:46 invalid-value']],
    ['a metric', 'scale: {max: 5, metrics: [{pods: {metric: x}}]}', ['1:28 missing-field']],
    ['a schedule in the long form', 'schedule: {cron: 1}\nkind: cronjob', ['1:18 invalid-value']],
  ])('%s', (_, body, expected) => {
    const head = body.includes('cronjob') ? 'name: a\nimage: acme/a:1.0.0\nclusters: {prod: {}}\n' : undefined;
    expect(app(`${body}\n`, head).places).toEqual(expected);
  });
});

test('all mistakes of all files are said in one run, by file and line', () => {
  const { diagnostics } = parse({
    clusters: { prod: prod.replace('us-east-1', 'Virginia'), staging: 'name: staging\n\tregion: x\n' },
    apps: {
      a: 'name: a\nimage: acme/a:1\nprot: 80\nclusters: {prod: {}, staging: {}}\n',
      b: 'name: b\nimage: A\nport: 0\nclusters: {prod: {}}\n',
    },
  });
  expect(diagnostics.map(({ at, code }) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0} ${code}`)).toEqual([
    'clusters/staging.yaml:2:1 tab-indentation',
    'apps/a.yaml:1:1 missing-field',
    'apps/a.yaml:3:1 unknown-field',
    'apps/b.yaml:2:8 invalid-value',
    'apps/b.yaml:3:7 invalid-value',
    'clusters/prod.yaml:2:9 invalid-value',
  ]);
});

test('what reading has refused is not said again by the schema', () => {
  expect(app('scale: {min: 0x2}\nenv: {<<: {A: b}}\nargs: [*x]\n').places).toEqual([
    '1:14 ambiguous-number',
    '2:7 merge-key',
    '3:8 unknown-anchor',
  ]);
});
