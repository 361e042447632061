import { describe, expect, test } from '@jest/globals';
import { parseManifest } from '../../../src/spec/read/manifests.js';
import { read } from '../said.js';

describe('an unquoted scalar that reads differently to different readers is an error', () => {
  const booleans = ['yes', 'no', 'on', 'off', 'y', 'n', 'Yes', 'NO', 'oN', 'Y'];
  const numbers = [
    ...[
      '012',
      '007',
      '0x1F',
      '0o17',
      '1e3',
      '1E3',
      '1.30',
      '1.0',
      '.5',
      '5.',
      '+1',
      '-0',
      '.inf',
      '-.Inf',
      '.NaN',
      '1e-7',
      '1e+21',
    ],
    ...['9007199254740993', '9007199254740992', '123456789012345678901', '0.10'],
    ...['0b101', '1_000', '12:30', '1:30:45', '190:20:30.15', '-0x1f'],
  ];
  const dates = ['2026-11-23', '2026-11-23T01:02:03Z', '2026-11-23 01:02:03'];

  test.each([
    ...booleans.map((source) => [source, 'ambiguous-boolean']),
    ...numbers.map((source) => [source, 'ambiguous-number']),
    ...dates.map((source) => [source, 'ambiguous-date']),
  ])('%s', (source, code) => {
    expect(read(`a: ${source}\nb: [x, ${source}]\n`).places).toEqual([`1:4 ${code}`, `2:8 ${code}`]);
  });

  test.each([...booleans, ...numbers, ...dates])('"%s" in quotes is the text that it seems', (source) => {
    expect(read(`a: "${source}"\nb: '${source}'\nc: |-\n  ${source}\n`)).toMatchObject({
      value: { a: source, b: source, c: source },
      diagnostics: [],
    });
  });

  test.each<[string, unknown]>([
    ['true', true],
    ['False', false],
    ['null', null],
    ['~', null],
    ['0', 0],
    ['-12', -12],
    ['8080', 8080],
    ['1.35', 1.35],
    ['0.5', 0.5],
    ['9007199254740991', 9007199254740991],
    ['none', 'none'],
    ['1.2.3', '1.2.3'],
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['100m', '100m'],
    ['15 3 * * *', '15 3 * * *'],
    ['frontend:80', 'frontend:80'],
    ['snake_case', 'snake_case'],
    ['v1_2', 'v1_2'],
  ])('%s is what it seems', (source, value) => {
    expect(read(`a: ${source}\n`)).toMatchObject({ value: { a: value }, diagnostics: [] });
  });

  test('a key that is a number is its text, and only in one spelling', () => {
    expect(read('a: {8080: x, on: y}\n').value).toEqual({ a: { '8080': 'x', on: 'y' } });
    expect(read('a: {012: x}\n').places).toEqual(['1:5 ambiguous-number']);
  });

  test('the hint says what to write', () => {
    const hints = read('a: yes\nb: 1.30\nc: 0x1F\n').diagnostics.map(({ hint }) => hint);
    expect(hints).toEqual([
      'quote it, or write true/false',
      'quote it if it is a text; as a number, write 1.3',
      'quote it if it is a text; as a number, write 31',
    ]);
  });
});

describe('raw manifests are written by others', () => {
  const codes = (value: string) =>
    parseManifest(
      'm.yaml',
      new TextEncoder().encode(`apiVersion: v1\nkind: X\nmetadata: {name: x}\nvalue: ${value}\n`),
    ).diagnostics.map(({ code }) => code);

  test.each(['1.0', '1.30', '.5', '0x1F', '2026-11-23T01:02:03Z'])('%s is as good as another spelling', (value) => {
    expect(codes(value)).toEqual([]);
  });

  test.each([
    ['0644', 'ambiguous-number'],
    ['1e3', 'ambiguous-number'],
    ['9007199254740993', 'ambiguous-number'],
    ['yes', 'ambiguous-boolean'],
  ])('%s would be something else to kubectl', (value, code) => {
    expect(codes(value)).toEqual([code]);
  });
});
