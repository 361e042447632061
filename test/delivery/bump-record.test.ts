import { describe, expect, test } from '@jest/globals';
import {
  bumpMessage,
  bumpRecords,
  shortVersion,
  versionStep,
  type BumpRecord,
} from '../../src/delivery/bump-record.js';
import { orderOf } from '../../src/delivery/history.js';

const record: BumpRecord = {
  ...{ app: 'shop', cluster: 'staging', image: 'ghcr.io/acme/shop:1.4.3', previousImage: 'ghcr.io/acme/shop:1.4.2' },
  ...{ build: 42, sourceCommit: '3f2a1bc', promotedFrom: 'dev' },
};

describe('a bump’s message', () => {
  test('is read as it was written', () => {
    expect(bumpRecords(bumpMessage(record))).toEqual([record]);
    const least = { app: 'a', cluster: 'b', image: 'c:1' };
    expect(bumpRecords(bumpMessage(least))).toEqual([least]);
  });

  test('is read out of a squashed merge, one record a paragraph', () => {
    const other = { ...record, app: 'cart', build: 7 };
    expect(bumpRecords(`Two bumps (#12)\n\n* ${bumpMessage(record)}\n* ${bumpMessage(other)}`)).toEqual([
      record,
      other,
    ]);
  });

  test('of anybody else holds none', () => {
    expect(bumpRecords('shop on staging\n\nSpillway-App: shop\n\nSpillway-Cluster: staging')).toEqual([]);
  });

  test('names versions as people do', () => {
    expect(versionStep('a/b:1', 'a/b:2@sha256:abc')).toBe('1 → 2');
    expect(versionStep('a/b:1', 'c/b:1')).toBe('a/b:1 → c/b:1');
    expect(shortVersion('localhost:5000/b')).toBe('localhost:5000/b');
    expect(shortVersion(`a/b@sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('sha256:0123456789ab');
  });
});

describe('the order of builds', () => {
  const last = { ...record, commit: 'c0ffee' };
  test.each([
    ['a later one is new', 43, 'x:2', 'new'],
    ['an earlier one is older', 41, 'x:2', 'older'],
    ['the same with the same image has landed', 42, record.image, 'landed'],
    ['the same with another image is new', 42, 'x:2', 'new'],
    ['one without a number is new', undefined, 'x:2', 'new'],
  ])('%s', (_, build, image, kind) => {
    expect(orderOf(build, image, last).kind).toBe(kind);
    expect(orderOf(build, image, undefined).kind).toBe('new');
  });
});
