import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { emitObject } from '../../src/layout/emit.js';

const lookAlikes = [
  ...['on', 'Off', 'yes', 'No', 'y', 'N', 'TRUE', 'null', 'Null', '~', '', '=', '<<', '-', '?', ':', '---', '...'],
  ...[
    '012',
    '0o17',
    '0777',
    '0x1F',
    '0b11',
    '1_000',
    '1__0',
    '+1',
    '-0',
    '1.35',
    '.5',
    '1.',
    '.',
    '._',
    '_',
    '1e3',
    '12e03',
    'e3',
    'e1234567',
  ],
  ...[
    '1:30',
    '1:30:45',
    '190:20:30.15',
    '12:00',
    '.inf',
    '-.Inf',
    '.NaN',
    '2026-11-22',
    '2026-11-22T01:02:03Z',
    '6.8523015e+5',
  ],
  ...[
    'a: b',
    'a #b',
    '# c',
    ' lead',
    'trail ',
    '\ttab',
    'a\t',
    '  ',
    '@a',
    '`b',
    '!t',
    '&a',
    '*b',
    '|',
    '>',
    '{a}',
    '[b]',
    '%d',
    '"q"',
    "it's",
  ],
  ...[
    'two\nlines',
    'two\nlines\n',
    'x\n\n',
    '\n',
    '\n\nb',
    'a\n ',
    ' \na',
    '  ind\nx',
    'a\r\nb',
    'a\n---\nb',
    'key: |\n  x\n',
  ],
  ...[
    'ünïcode 漢字 😀',
    '\u0085',
    '\u2028',
    '\u0007',
    '\ufeffx',
    '\u007f',
    `${'x'.repeat(300)} y`,
    '0.0.0.0/0',
    '100%',
  ],
];

const object = (text: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x' },
  data: { value: text, list: [text], nested: { [text === '<<' ? 'merge' : text]: text } },
});

describe('emitObject', () => {
  test.each(lookAlikes)('keeps the string %j for readers of YAML 1.1 and of 1.2', (text) => {
    const emitted = emitObject(object(text), 'apps/x.yaml');
    expect(parse(emitted, { version: '1.1' })).toEqual(object(text));
    expect(parse(emitted, { version: '1.2' })).toEqual(object(text));
    expect(load(emitted)).toEqual(object(text));
  });

  test('keeps any string', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('01.eE_+-:xyon ~#\n\t')) })),
        (text) => {
          fc.pre(text !== '<<');
          expect(parse(emitObject(object(text), 'apps/x.yaml'), { version: '1.1' })).toEqual(object(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('keeps numbers and booleans what they are', () => {
    const spec = { replicas: 3, ratio: 0.5, big: 1e21, on: true, none: null, list: [], map: {} };
    expect(parse(emitObject({ ...object('x'), spec }, 'apps/x.yaml'), { version: '1.1' })).toMatchObject({ spec });
  });

  test('writes apiVersion, kind and metadata first, then the rest as given, below a line that names the spec', () => {
    const emitted = emitObject(
      { data: { b: '1', a: 'x' }, metadata: { name: 'x' }, kind: 'ConfigMap', apiVersion: 'v1' },
      'apps/x.yaml',
    );
    expect(emitted).toBe(
      [
        '# Rendered by spillway from apps/x.yaml. Do not edit: change the spec and run `npx spillway render`.',
        'apiVersion: v1',
        'kind: ConfigMap',
        'metadata:',
        '  name: x',
        'data:',
        "  b: '1'",
        '  a: x',
        '',
      ].join('\n'),
    );
  });

  test('writes what occurs twice out twice, and long lines as they are', () => {
    const shared = { text: 'word '.repeat(60).trim() };
    const emitted = emitObject({ ...object('x'), data: { one: shared, two: shared } }, 'apps/x.yaml');
    expect(emitted).not.toMatch(/[&*]ref/);
    expect(emitted.match(/^ {4}text: word .*word$/gm)).toHaveLength(2);
  });
});
