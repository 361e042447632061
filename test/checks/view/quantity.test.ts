import { expect, test } from '@jest/globals';
import { bytes, cpuMillis, cpuText, memoryText, quantity } from '../../../src/checks/view/quantity.js';

test.each([
  ['250m', 250],
  ['1.5', 1500],
  [2, 2000],
  ['0.0001', 1],
  ['100u', 1],
  [undefined, 0],
])('CPU %p is %p millicores', (written, millis) => {
  expect(cpuMillis(written)).toBe(millis);
});

test.each([
  ['64Mi', 64 * 2 ** 20],
  ['1G', 1e9],
  ['1e3', 1000],
  ['2Gi', 2 ** 31],
  ['128974848', 128974848],
])('memory %p is %p bytes', (written, amount) => {
  expect(bytes(written)).toBe(amount);
});

test('what is no quantity has no number', () => {
  expect(['12x', 'Mi', '', true, '1 Gi'].map(quantity)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('amounts are told in the units that people write', () => {
  expect([cpuText(1500), cpuText(250), cpuText(100)]).toEqual(['1.5', '250m', '0.1']);
  expect([memoryText(64 * 2 ** 20), memoryText(1.5 * 2 ** 30)]).toEqual(['64Mi', '1.5Gi']);
});
