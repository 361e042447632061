import { describe, expect, test } from '@jest/globals';
import { closest } from '../../src/diagnostic/closest.js';

describe('closest', () => {
  test.each([
    ['prot', ['image', 'port'], 'port'],
    ['pord', ['staging', 'prod'], 'prod'],
    ['imgae', ['image', 'images'], 'image'],
    ['resuorces', ['resources', 'release'], 'resources'],
    ['replcas', ['release', 'replicas'], 'replicas'],
    ['nodegruops', ['nodeGroups', 'name'], 'nodeGroups'],
  ])('%s among %j means %s', (name, candidates, meant) => {
    expect(closest(name, candidates)).toBe(meant);
  });

  test.each([
    ['payments', ['orders', 'shop']],
    ['a', ['b', 'c']],
    ['ba', ['xy']],
    ['prod', []],
  ])('%s among %j means nothing known', (name, candidates) => {
    expect(closest(name, candidates)).toBeUndefined();
  });

  test('two swapped neighbours are one mistake, so that a swap is not further than a wrong letter', () => {
    // Levenshtein alone counts two, which three and four letters do not tolerate.
    expect(closest('cup', ['cpu', 'memory'])).toBe('cpu');
    // One swap and one wrong letter are two mistakes, which six letters tolerate and four do not.
    expect(closest('stroex', ['storey', 'zebra'])).toBe('storey');
    expect(closest('stro', ['tsra', 'zebra'])).toBeUndefined();
  });

  test('among equally close ones the order given does not matter', () => {
    expect(closest('port', ['ports', 'part'])).toBe('part');
    expect(closest('port', ['part', 'ports'])).toBe('part');
  });

  test('fewer mistakes win over the alphabet, and case counts for nothing', () => {
    expect(closest('Maxpods', ['maxPod', 'maxPods'])).toBe('maxPods');
  });

  test('the name itself is no guess', () => {
    expect(closest('prod', ['prod', 'prods'])).toBe('prods');
  });

  test('takes any iterable', () => {
    expect(closest('pord', new Map([['prod', 1]]).keys())).toBe('prod');
  });
});
