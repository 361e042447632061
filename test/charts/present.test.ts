import { expect, test } from '@jest/globals';
import { present, unlessEmpty, unlessEmptyMap } from '../../charts/present.js';

test('only what is undefined is left out', () => {
  expect(Object.keys(present({ a: undefined, b: 0, c: false, d: '', e: [] }))).toEqual(['b', 'c', 'd', 'e']);
});

test('an empty list or map is nothing, another one a copy', () => {
  const list = ['a'];
  const map = { a: 'b' };
  expect(unlessEmpty([])).toBeUndefined();
  expect(unlessEmptyMap({})).toBeUndefined();
  expect(unlessEmpty(list)).toEqual(list);
  expect(unlessEmpty(list)).not.toBe(list);
  expect(unlessEmptyMap(map)).toEqual(map);
});
