import { describe, expect, test } from '@jest/globals';
import { prod } from '../../support/repository.js';
import { app, parse } from '../said.js';

const head = `name: a
image: acme/a:1.0.0
port: 80
env: {LOG_LEVEL: info}
labels: {team: a}
files: {/etc/a.conf: x}
release: {canary: [50%]}
resources: {cpu: 250m}
`;

/** What is said of one line below `clusters.prod`. */
function inOverride(override: string) {
  const { diagnostics, specs } = parse({
    clusters: { prod },
    apps: { a: `${head}clusters:\n  prod:\n    ${override}\n` },
  });
  const said = diagnostics.map(({ severity, code, message, hint, at }) => [
    `${at?.column ?? 0} ${severity} ${code}`,
    message,
    hint,
  ]);
  return { said, rendered: specs.apps.length };
}

describe('null under a key that no schema knows is that mistake, whatever null would do', () => {
  test.each<[string, string, string | undefined]>([
    ['releas: null', '5 error unknown-field', 'did you mean `release`?'],
    ['cluster: null', '5 error unknown-field', 'did you mean `clusters`?'],
    ['resources: {cpu: 100m, memry: null}', '28 error unknown-field', 'did you mean `memory`?'],
    ['health: {readiness: {htp: null, http: /a}}', '26 error unknown-field', undefined],
  ])('in an override: %s', (override, expected, hint) => {
    const { said, rendered } = inOverride(override);
    expect(said.map(([place]) => place)).toEqual([expected]);
    if (hint !== undefined) expect(said[0]?.[2]).toBe(hint);
    expect(rendered).toBe(0);
  });

  test.each<[string, string, string]>([
    ['fooo: null', '1:1 unknown-field', 'docs/spec.md lists the fields'],
    ['resources: {cpu: 250m, memry:}', '1:24 unknown-field', 'did you mean `memory`?'],
    ['cluster:', '1:1 unknown-field', 'did you mean `clusters`?'],
  ])('in a base: %s', (body, place, hint) => {
    const said = app(`${body}\n`);
    expect([said.places, said.hints, said.specs.apps]).toEqual([[place], [hint], []]);
  });

  test('in a cluster', () => {
    const { diagnostics, specs } = parse({ clusters: { prod: `${prod}regoin: null\nvpc: {cidr: null}\n` } });
    expect(diagnostics.map(({ severity, code, message }) => [severity, code, message])).toEqual([
      ['error', 'unknown-field', 'there is no field `regoin`'],
      ['warning', 'empty-field', '`vpc.cidr` has no value, so it is left out'],
    ]);
    expect(specs.clusters).toEqual([]);
  });
});

describe('null in an override', () => {
  test.each<[string, string, string]>([
    ['env: {LOG_LEVL: null}', 'env.LOG_LEVL', 'did you mean `LOG_LEVEL`?'],
    ['labels: {taem: null}', 'labels.taem', 'did you mean `team`?'],
    ['files: {/etc/b.conf: null}', 'files["/etc/b.conf"]', 'did you mean `/etc/a.conf`?'],
    ['scale: {cpu: null}', 'scale.cpu', 'remove it'],
    ['podAnnotations: null', 'podAnnotations', 'remove it'],
  ])('that takes nothing away is a warning: %s', (override, field, hint) => {
    const { said, rendered } = inOverride(override);
    expect(said.map(([place, message, meant]) => [place?.replace(/^\d+ /, ''), message, meant])).toEqual([
      ['warning null-removes-nothing', `null takes nothing away: the app has no \`${field}\``, hint],
    ]);
    expect(rendered).toBe(1);
  });

  test.each(['env: {LOG_LEVEL: null}', 'release: null', 'resources: {cpu: null}', 'files: {/etc/a.conf: ~}'])(
    'that takes something away is good: %s',
    (override) => {
      expect(inOverride(override)).toEqual({ said: [], rendered: 1 });
    },
  );
});

test('what reading has refused is not called empty', () => {
  expect(app('env: {A: *x}\n').places).toEqual(['1:10 unknown-anchor']);
});
