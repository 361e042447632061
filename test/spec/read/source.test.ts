import { describe, expect, test } from '@jest/globals';
import { places, read } from '../said.js';

describe('what is no spec is said at its place', () => {
  test.each<[string, string, string[]]>([
    ['an empty file', '', ['1:1 empty-file']],
    ['a file of comments', '# nothing\n\n', ['1:1 empty-file']],
    ['a file of a document mark', '---\n', ['1:1 empty-file']],
    ['a list', '- a\n- b\n', ['1:1 not-a-map']],
    ['a text', 'hello\n', ['1:1 not-a-map']],
    ['two documents', 'name: a\n# of the first\n---\nname: b\n', ['3:1 several-documents']],
    ['a second, empty document', 'name: a\n---\n', ['2:1 several-documents']],
    ['a directive', '%YAML 1.1\n---\nname: a\n', ['1:1 yaml-directive']],
    ['a tab as indentation', 'scale:\n\tmin: 1\n', ['2:1 tab-indentation']],
    ['a tab after spaces', 'scale:\n  \tmin: 1\n', ['2:3 tab-indentation']],
    [
      'a key written twice',
      'name: a\nport: 1\nscale: {min: 1, min: 2}\nport: 2\n',
      ['3:17 duplicate-key', '4:1 duplicate-key'],
    ],
    ['a map on the line of its key', 'a: b: c\n', ['1:4 yaml-syntax']],
    ['a line without a colon', 'name: a\nimage\nport: 80\n', ['2:1 yaml-syntax']],
    ['a quote that is not closed, where it opens', "name: 'a\nimage: b\n", ['1:7 yaml-syntax']],
    ['a quote that another line closes too early', 'env:\n  A: "x\n  B: "y"\n', ['2:6 yaml-syntax']],
    ['a quote in a list that is not closed', 'name: a\nargs: [b, "c, d]\nport: 80\n', ['2:11 yaml-syntax']],
    ['a quote within a map that is not closed', "a: {b: {c: d}'# e\nf: g\n", ['1:14 yaml-syntax', '3:1 yaml-syntax']],
    ['a list that is not closed', 'args: [a, b\nport: 80\n', ['2:1 yaml-syntax']],
    ['a reserved character', 'name: @a\n', ['1:7 yaml-syntax']],
    ['a wrong escape', 'name: "\\q"\n', ['1:8 yaml-syntax']],
    ['a template', 'name: {{ name }}\n', ['1:8 key-not-text']],
    ['an empty key', ': a\n', ['1:1 key-not-text']],
    ['a list as a key', '? [a]\n: b\n', ['1:3 key-not-text']],
    [
      'keys that reach into JavaScript',
      '__proto__: {a: 1}\nenv: {constructor: x, prototype: z}\n',
      ['1:1 forbidden-key', '2:7 forbidden-key', '2:23 forbidden-key'],
    ],
    ['a quoted __proto__', '"__proto__": 1\n', ['1:1 forbidden-key']],
    ['a merge key', 'base: &b {a: 1}\nscale: {<<: *b}\n', ['2:9 merge-key']],
    ['a tag of its own', 'name: !secret a\n', ['1:15 yaml-tag']],
    ['a tag of YAML', 'name: !!str a\n', ['1:13 yaml-tag']],
    ['an alias to nothing', 'name: *a\n', ['1:7 unknown-anchor']],
    ['an alias to itself', 'a: &a [*a]\n', ['1:8 alias-cycle']],
    ['a control character', 'name: a\nimage: "a\u0007"\n', ['2:10 control-character']],
    ['an escaped NUL', 'name: "a\\0"\n', ['1:7 control-character']],
    ['half a surrogate pair', 'name: "\\ud800"\n', ['1:7 control-character']],
  ])('%s', (_, text, expected) => {
    expect(read(text).places).toEqual(expected);
  });

  test('every diagnostic of reading has words, and most say what to do', () => {
    const { diagnostics } = read('name: @a\n\tport: 1\n');
    expect(diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
      ['a text cannot start with `@`', 'quote it'],
      ['a tab is used as indentation', 'indent with spaces'],
    ]);
  });

  test('errors that follow from each other stop at twenty', () => {
    expect(read('}\n'.repeat(1000)).diagnostics).toHaveLength(20);
  });

  test('a source is there for a file that is no spec, so that its lines can be shown', () => {
    const { value, text } = read('name: @a\n');
    expect([value, text]).toEqual([undefined, 'name: @a\n']);
  });
});

describe('hostile files', () => {
  test('an alias bomb is one diagnostic at the alias that goes off', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i},*l${i},*l${i},*l${i}]`);
    const { places: found } = read(`l0: &l0 [x,x,x,x]\n${levels.join('\n')}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^\d+:\d+ alias-bomb$/);
  });

  test.each([
    ['[', '['.repeat(20_000)],
    ['{', '{a: '.repeat(20_000)],
    ['- ', '- '.repeat(20_000)],
    ['? ', '? '.repeat(20_000)],
    ['deeper lines', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('nesting by %s ends in one diagnostic, not in the stack', (_, text) => {
    expect(read(text).diagnostics.map(({ code }) => code)).toEqual(['nested-too-deep']);
  });

  test('a file above 1 MiB is refused by its size', () => {
    const { diagnostics } = read(new Uint8Array(1024 * 1024 + 1));
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'file-too-large',
        message: 'apps/a.yaml has 1.0 MiB, and files above 1 MiB are not read',
      }),
    ]);
  });
});

describe('what is accepted', () => {
  test('a byte order mark and Windows line ends change neither values nor positions', () => {
    const plain = read('name: a\nscale:\n  min: 1 # x\ntext: |\n  one\n  two\n');
    const windows = read('\ufeffname: a\r\nscale:\r\n  min: 1 # x\r\ntext: |\r\n  one\r\n  two\r\n');
    expect(windows.diagnostics).toEqual([]);
    expect(windows.value).toEqual(plain.value);
    expect(windows.positions).toEqual(plain.positions);
    expect(windows.text).toBe(plain.text);
  });

  test('a document mark at the start and at the end', () => {
    expect(read('---\nname: a\n...\n').diagnostics).toEqual([]);
  });

  test('a short alias stands for its value, at the alias', () => {
    const { value, positions, diagnostics } = read('a: &x {min: 1}\nb: *x\n');
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({ a: { min: 1 }, b: { min: 1 } });
    expect(positions.children.get('b')?.at).toEqual({ file: 'apps/a.yaml', line: 2, column: 4, length: 2 });
    expect(positions.children.get('b')?.children.get('min')?.at.line).toBe(1);
  });

  test('what is wrong behind an anchor is said once', () => {
    expect(read('a: &x {b: yes}\nc: *x\nd: *x\n').places).toEqual(['1:11 ambiguous-boolean']);
  });
});

describe('positions', () => {
  const { positions } = read('name: shop\nports:\n  - {name: http, port: 8080}\nempty:\nlong: |\n  text\n');
  const at = (...path: string[]) => {
    let node = positions;
    for (const part of path) node = node.children.get(part) ?? positions;
    return [node.at, node.key].map((place) => place && `${place.line}:${place.column}+${place.length ?? 0}`);
  };

  test.each<[string[], (string | undefined)[]]>([
    [['name'], ['1:7+4', '1:1+4']],
    [['ports'], ['3:3+26', '2:1+5']],
    [
      ['ports', '0'],
      ['3:5+24', undefined],
    ],
    [
      ['ports', '0', 'port'],
      ['3:24+4', '3:18+4'],
    ],
    [['empty'], ['4:1+5', '4:1+5']],
    [['long'], ['5:7+1', '5:1+4']],
  ])('of %s and its key', (path, expected) => {
    expect(at(...path)).toEqual(expected);
  });
});

describe('bytes that are not UTF-8', () => {
  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));

  test.each<[string, Uint8Array, string]>([
    ['Latin-1', bytes('name: a\nimage: caf', [0xe9], '\n'), '2:11'],
    ['a byte that never occurs', bytes([0xff, 0xfe]), '1:1'],
    ['an overlong form', bytes('é: ', [0xc0, 0xaf]), '1:4'],
    ['a surrogate', bytes('ab', [0xed, 0xa0, 0x80]), '1:3'],
    ['a character that is cut at the end', bytes('a: €', [0xe2, 0x82]), '1:5'],
    ['a character that is cut by the next', bytes('a: ', [0xe2, 0x82], 'x'), '1:4'],
    ['UTF-16', bytes([0xff, 0xfe, 0x61, 0x00]), '1:1'],
  ])('%s is shown at its first byte', (_, input, place) => {
    const { diagnostics } = read(input);
    expect(places(diagnostics)).toEqual([`${place} file-not-utf8`]);
  });

  test('the byte is named', () => {
    expect(read(bytes('a: ', [0xe9])).diagnostics[0]?.message).toBe('byte 0xE9 is not UTF-8');
  });
});
