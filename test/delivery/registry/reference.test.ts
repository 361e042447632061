import { describe, expect, test } from '@jest/globals';
import { parseChallenge } from '../../../src/delivery/registry/challenge.js';
import { imageParts, isLoopback } from '../../../src/delivery/registry/reference.js';

describe('imageParts', () => {
  test.each([
    ['redis:7', 'registry-1.docker.io', 'library/redis', '7'],
    ['acme/shop:1.4', 'registry-1.docker.io', 'acme/shop', '1.4'],
    ['docker.io/acme/shop', 'registry-1.docker.io', 'acme/shop', undefined],
    ['ghcr.io/acme/shop:1', 'ghcr.io', 'acme/shop', '1'],
    ['localhost:5000/shop:1', 'localhost:5000', 'shop', '1'],
    ['localhost/shop:1', 'localhost', 'shop', '1'],
    ['reg:5000/a/b/c', 'reg:5000', 'a/b/c', undefined],
  ])('%s is served by %s', (image, host, repository, tag) => {
    expect(imageParts(image)).toMatchObject({ host, repository, tag, digest: undefined });
  });

  test('a digest stands apart from the tag', () => {
    expect(imageParts('ghcr.io/a/b:1@sha256:ab')).toMatchObject({ tag: '1', digest: 'sha256:ab', name: 'ghcr.io/a/b' });
  });
});

test.each([
  ['127.0.0.1:5000', true],
  ['localhost', true],
  ['[::1]:80', true],
  ['127.0.0.1.example.com', false],
  ['ghcr.io', false],
])('%s is this machine: %s', (host, here) => {
  expect(isLoopback(host)).toBe(here);
});

describe('parseChallenge', () => {
  test('reads Bearer, quoted or not, beside Basic', () => {
    const expected = { scheme: 'bearer', realm: 'https://a/t', service: 's', scope: 'repository:x:pull,push' };
    expect(parseChallenge('Bearer realm="https://a/t",service="s",scope="repository:x:pull,push"')).toEqual(expected);
    expect(
      parseChallenge('Basic realm="b", bearer realm="https://a/t", service=s, scope="repository:x:pull,push"'),
    ).toEqual(expected);
  });

  test('reads Basic, and nothing else', () => {
    expect(parseChallenge('Basic realm="ECR"')).toEqual({ scheme: 'basic' });
    expect(parseChallenge('Negotiate')).toBeUndefined();
    expect(parseChallenge('')).toBeUndefined();
  });
});
