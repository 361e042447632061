import { expect, test } from '@jest/globals';
import { subnetRanges } from '../src/subnet-ranges.js';

test('three zones take six of eight parts, public ones first', () => {
  expect(subnetRanges('192.168.0.0/16', 3)).toEqual({
    public: ['192.168.0.0/19', '192.168.32.0/19', '192.168.64.0/19'],
    private: ['192.168.96.0/19', '192.168.128.0/19', '192.168.160.0/19'],
  });
});

test('five zones take ten of sixteen', () => {
  const ranges = subnetRanges('10.0.0.0/16', 5);
  expect([...ranges.public, ...ranges.private]).toHaveLength(10);
  expect(ranges.private.at(-1)).toBe('10.0.144.0/20');
});
