import { expect, test } from '@jest/globals';
import { instanceType, instanceTypeNames } from '../../src/facts/ec2.js';
import { allocatable, reservedCpuMillis, reservedMemoryMiB } from '../../src/facts/node.js';

test.each([
  [1, 60],
  [2, 70],
  [4, 80],
  [8, 90],
  [96, 310],
])('%d vCPU reserve %dm', (vcpus, millis) => {
  expect(reservedCpuMillis(vcpus)).toBe(millis);
});

test('the memory reserved grows with the pods a node takes', () => {
  expect(reservedMemoryMiB(29)).toBe(574);
  expect(reservedMemoryMiB(110)).toBe(1465);
});

test('an m5.large leaves 1930m, 29 pods, and less memory than a real one shows', () => {
  const type = instanceType('m5.large');
  expect(type && allocatable(type)).toEqual({ cpuMillis: 1930, memoryMiB: 6903, pods: 29 });
});

test('a self-managed node that takes more pods leaves less memory', () => {
  const type = instanceType('m5.4xlarge');
  if (!type) throw new Error('m5.4xlarge is not in the table');
  expect(allocatable(type).memoryMiB - allocatable(type, 'self-managed').memoryMiB).toBe((234 - 110) * 11);
});

test('no type leaves less than nothing', () => {
  for (const name of instanceTypeNames()) {
    const type = instanceType(name);
    if (!type) throw new Error(`${name} is listed and not found`);
    const left = allocatable(type, 'self-managed');
    expect(left.cpuMillis).toBeGreaterThan(0);
    expect(left.memoryMiB).toBeGreaterThanOrEqual(0);
  }
});
