import { describe, expect, test } from '@jest/globals';
import { imageRepository } from '../../src/jenkins/image-repository.js';

describe('the repository of an image', () => {
  test.each([
    [
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/cart:1.4.2',
      {
        registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
        name: 'shop/cart',
        ecr: { accountId: '123456789012', region: 'eu-west-1' },
      },
    ],
    [
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/cart',
      {
        registry: '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn',
        name: 'cart',
        ecr: { accountId: '123456789012', region: 'cn-north-1' },
      },
    ],
    [
      '123456789012.dkr-ecr.eu-west-1.on.aws/cart',
      {
        registry: '123456789012.dkr-ecr.eu-west-1.on.aws',
        name: 'cart',
        ecr: { accountId: '123456789012', region: 'eu-west-1' },
      },
    ],
    ['ghcr.io/acme/shop:1.4.2@sha256:0a1b', { registry: 'ghcr.io', name: 'acme/shop' }],
    ['registry:5000/shop:1', { registry: 'registry:5000', name: 'shop' }],
    ['localhost/shop', { registry: 'localhost', name: 'shop' }],
    ['redis:8.2.3-alpine', { registry: 'docker.io', name: 'redis' }],
    ['acme/shop', { registry: 'docker.io', name: 'acme/shop' }],
    // A public gallery is no private registry: another login, another API.
    ['public.ecr.aws/acme/shop:1', { registry: 'public.ecr.aws', name: 'acme/shop' }],
  ])('%s', (reference, expected) => {
    expect(imageRepository(reference)).toEqual(expected);
  });

  test.each(['', 'Shop', 'ghcr.io/', 'ghcr.io/shop;rm', 'ghcr.io/$(id)', 'gh"cr.io/shop'])(
    '%p is none',
    (reference) => {
      expect(imageRepository(reference)).toBeUndefined();
    },
  );
});
