import { expect, test } from '@jest/globals';
import {
  countOrShare,
  countOrShareText,
  cpuQuantity,
  durationSeconds,
  durationText,
  memoryQuantity,
} from '../../src/model/units.js';

test.each([
  ['90s', 90],
  ['5m', 300],
  ['1h30m', 5400],
  ['1h0m5s', 3605],
])('%s are %d seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test.each([
  [0, '0s'],
  [90, '90s'],
  [300, '5m'],
  [7200, '2h'],
])('%d seconds are written %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test.each([
  ['250m', 250],
  ['1.5', 1500],
  [2, 2000],
])('%s CPU are %d millicores', (written, millis) => {
  expect(cpuQuantity(written)).toEqual({ text: String(written), amount: millis });
});

test.each([
  ['64Mi', 67_108_864],
  ['1.5Gi', 1_610_612_736],
  ['1G', 1_000_000_000],
])('%s of memory are %d bytes', (text, amount) => {
  expect(memoryQuantity(text)).toEqual({ text, amount });
});

test('a number of pods and a share of them keep their text', () => {
  expect([2, '25%'].map(countOrShare)).toEqual([{ count: 2 }, { percent: 25 }]);
  expect([2, '25%'].map(countOrShare).map(countOrShareText)).toEqual(['2', '25%']);
});
