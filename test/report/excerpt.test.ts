import { describe, expect, test } from '@jest/globals';
import { excerpt } from '../../src/report/excerpt.js';

const at = (line: number, column: number, length?: number) => ({
  file: 'x',
  line,
  column,
  ...(length === undefined ? {} : { length }),
});

describe('excerpt', () => {
  test('puts carets under what is meant, tabs included', () => {
    expect(excerpt('a: 1\r\n\tb: two\r\n', at(2, 5, 3))).toEqual({ line: '\tb: two', carets: '\t   ^^^' });
  });

  test('never points beyond the line', () => {
    expect(excerpt('ab', at(1, 2, 99))).toEqual({ line: 'ab', carets: ' ^' });
    expect(excerpt('ab', at(1, 99))).toEqual({ line: 'ab', carets: '  ^' });
    expect(excerpt('', at(1, 1))).toEqual({ line: '', carets: '^' });
  });

  test('shows of a long line the part that is meant', () => {
    const shown = excerpt(`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`, at(1, 5001, 4));
    expect(shown?.line.length).toBe(110);
    expect(shown?.line.slice(shown.carets.indexOf('^'), shown.carets.length)).toBe('HERE');
  });

  test('has nothing to show for a line that is not there', () => {
    expect(excerpt('a\nb', at(3, 1))).toBeUndefined();
  });
});
