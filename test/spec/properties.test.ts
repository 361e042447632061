import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Ajv from 'ajv';
import { stringify } from 'yaml';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import { hasErrors } from '../../src/diagnostic/diagnostic.js';
import { parseSpecs } from '../../src/spec/parse/specs.js';
import { parseManifest } from '../../src/spec/read/manifests.js';
import { parseSource } from '../../src/spec/read/source.js';
import { appJsonSchema } from '../../src/spec/schema/generate/json-schema.js';
import { prod } from '../support/repository.js';

const cluster = parseSource('cluster', 'clusters/prod.yaml', new TextEncoder().encode(prod)).source;

/** What is odd about a diagnostic for a text of these lines, of which there should be nothing. */
function oddities({ at, message, code }: Diagnostic, file: string, lines: readonly string[]): string[] {
  const odd: string[] = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)) odd.push(`the code ${code}`);
  if (/\.$|Invalid input|undefined|\[object/.test(message)) odd.push(`the message ${message}`);
  if (at?.file !== file) return odd;
  const line = lines[at.line - 1];
  if (line === undefined || at.column < 1 || at.column > line.length + 1)
    odd.push(`${code} at ${at.line}:${at.column}`);
  return odd;
}

/** Reads and parses the bytes as each kind of file; whatever is said has words and a place within the text. */
function survives(bytes: Uint8Array): void {
  for (const kind of ['app', 'cluster'] as const) {
    const { source, diagnostics } = parseSource(kind, `${kind}s/a.yaml`, bytes);
    const parsed = parseSpecs([cluster, source]);
    const lines = source.text.split('\n');
    const odd = [...diagnostics, ...parsed.diagnostics].flatMap((found) => oddities(found, source.file, lines));
    if (source.value === undefined && diagnostics.length === 0) odd.push('nothing said of a file without a value');
    if (odd.length > 0) throw new Error(odd.join('\n'));
  }
  parseManifest('a.yaml', bytes);
}

const words = [
  ...[
    'name',
    'image',
    'port',
    'ports',
    'env',
    'scale',
    'min',
    'health',
    'readiness',
    'http',
    'volumes',
    'clusters',
    'prod',
    'schedule',
    'nodeGroups',
    'release',
    'canary',
  ],
  ...[
    ': ',
    ':\n',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '"',
    "'",
    '#',
    '|',
    '>',
    '&a ',
    '*a',
    '!t ',
    '<<',
    '? ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\t',
    '\r\n',
    '\ufeff',
  ],
  ...[
    'acme/a:1',
    '10%',
    '2m',
    '012',
    'yes',
    '1.5',
    '80',
    'null',
    '~',
    '__proto__',
    'constructor',
    '/a',
    '..',
    '\u{1f600}',
    '\u2028',
    '\\',
    '@daily',
  ],
];
const yamlish = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((parts) => parts.join(''));

const fields = [
  'name',
  'image',
  'kind',
  'port',
  'ports',
  'env',
  'scale',
  'health',
  'volumes',
  'release',
  'delivery',
  'schedule',
  'ingress',
  'network',
  'patches',
  'clusters',
  'manifests',
  'init',
  'nodeGroups',
  'gitops',
];
const inner = [
  'min',
  'max',
  'http',
  'tcp',
  'secret',
  'name',
  'key',
  'path',
  'cron',
  'canary',
  'analysis',
  'job',
  'up',
  'policies',
  'calls',
  'app',
  'readiness',
  'prod',
  'host',
  'metrics',
  'external',
  'merge',
  'target',
];
const scalar = fc.oneof(
  fc.constantFrom('service', 'cronjob', '/a', '10%', 'a', '* * * * *', 'acme/a:1', 3, 0.5, true, null),
  fc.integer(),
  fc.string({ maxLength: 5 }),
);
const { value: deep } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...inner), tie('value'), { maxKeys: 3 }),
  ),
}));
const specLike = fc.dictionary(fc.constantFrom(...fields), deep, { maxKeys: 8 });

describe('nothing that people can write makes the spec room throw', () => {
  test('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 300 });
  });

  test('text made of the pieces of YAML', () => {
    fc.assert(
      fc.property(yamlish, (text) => {
        survives(new TextEncoder().encode(text));
      }),
      { numRuns: 600 },
    );
  });

  test('values of any shape under the names of fields', () => {
    fc.assert(
      fc.property(specLike, (value) => {
        survives(new TextEncoder().encode(stringify(value)));
      }),
      { numRuns: 300 },
    );
  });
});

test('what the parser takes, the editors’ schema takes', () => {
  const validate = new Ajv({ strict: false }).compile(appJsonSchema());
  const good = fc.record(
    {
      kind: fc.constantFrom('service', null),
      namespace: fc.constantFrom('x', null),
      health: fc.constantFrom(
        '/a',
        null,
        { readiness: { http: '/a', period: '5s' } },
        { liveness: { tcp: {} }, startup: null },
      ),
      env: fc.dictionary(
        fc.constantFrom('A', 'B', 'C'),
        fc.constantFrom('x', 1, true, null, { secret: { name: 'x', key: 'y' } }, { field: 'status.podIP' }),
      ),
      scale: fc.constantFrom(null, { min: 1, max: null }, { cpu: '60%', metrics: [{ memory: '1Gi' }] }),
      volumes: fc.constantFrom([], [{ name: 'x', emptyDir: {} }], [{ name: 'x', claim: { size: '1Gi' } }]),
      release: fc.constantFrom(null, {}, { canary: ['10%', '2m', 'pause'], analysis: { job: {} } }),
      ingress: fc.constantFrom(null, { host: 'a.b' }),
    },
    { requiredKeys: [] },
  );
  const property = fc.property(good, good, (base, override) => {
    const { kind: _, ...overrides } = override;
    const text = stringify({ name: 'a', image: 'acme/a:1', port: 80, ...base, clusters: { prod: overrides } });
    const { source } = parseSource('app', 'apps/a.yaml', new TextEncoder().encode(text));
    fc.pre(!hasErrors(parseSpecs([cluster, source]).diagnostics));
    expect([validate(source.value), validate.errors, text]).toEqual([true, null, text]);
  });
  fc.assert(property, { numRuns: 200 });
});
