import { describe, expect, test } from '@jest/globals';
import table from '../../src/facts/ec2-instance-types.json';
import { instanceType, instanceTypeNames, type InstanceType, maxPods } from '../../src/facts/ec2.js';

function known(name: string): InstanceType {
  const type = instanceType(name);
  if (!type) throw new Error(`${name} is not in the table`);
  return type;
}

test('a type carries size, network limits and dated prices', () => {
  expect(instanceType('m5.large')).toEqual({
    name: 'm5.large',
    arch: 'amd64',
    vcpus: 2,
    memoryMiB: 8192,
    maxEnis: 3,
    ipv4PerEni: 10,
    spotCapable: true,
  });
});

test('Graviton types are arm64', () => {
  expect(known('m6g.large').arch).toBe('arm64');
});

test('a name that does not exist gives undefined', () => {
  expect(instanceType('m5.enormous')).toBeUndefined();
});

test('names are unique and sorted', () => {
  const names = instanceTypeNames();
  expect(names).toHaveLength(1207);
  expect(names).toEqual([...new Set(names)].sort());
});

test('the columns of the file are the fields of a type, in order', () => {
  expect(table.columns).toEqual(Object.keys(known('m5.large')));
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
});

describe('pods per node', () => {
  test.each([
    ['t3.nano', 4, 4],
    ['m5.large', 29, 29],
    ['m5.xlarge', 58, 58],
    ['m5.4xlarge', 110, 234],
    ['m5.24xlarge', 250, 737],
  ])('%s takes %d managed and %d self-managed', (name, managed, selfManaged) => {
    expect(maxPods(known(name))).toBe(managed);
    expect(maxPods(known(name), 'self-managed')).toBe(selfManaged);
  });
});
