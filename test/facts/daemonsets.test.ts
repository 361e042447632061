import { expect, test } from '@jest/globals';
import { daemonSets } from '../../src/facts/daemonsets.js';

test('a bare node spends 150m on networking', () => {
  const always = daemonSets.filter(({ when }) => when === 'always');
  expect(always.map(({ name }) => name)).toEqual(['aws-node', 'kube-proxy']);
  expect(always.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0)).toBe(150);
});

test('the observability addon costs every node 300m and 153 MiB', () => {
  const addon = daemonSets.filter(({ when }) => when === 'observability');
  expect(addon.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0)).toBe(300);
  expect(addon.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0)).toBe(153);
});

test('names are unique', () => {
  const names = daemonSets.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
