import { describe, expect, test } from '@jest/globals';
import { objectNamed, prod } from '../../support/repository.js';
import { render, service } from './render.js';

describe('the ServiceAccount', () => {
  const aws = 'aws: {policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]}';
  const account = (app: string, cluster = prod) => objectNamed(render(app, cluster), 'ServiceAccount', 'shop');

  test('mounts no token by itself', () => {
    expect(account(service('serviceAccountToken: true'))).toMatchObject({ automountServiceAccountToken: false });
  });

  test('wears its role with IRSA, and nothing with Pod Identity', () => {
    const irsa = `${prod}identity: irsa\naccountId: "123456789012"\n`;
    expect(account(service(aws), irsa).metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': expect.stringMatching(/^arn:aws:iam::123456789012:role\/prod-shop-[0-9a-f]{8}$/),
    });
    expect(account(service(aws)).metadata.annotations).toBeUndefined();
  });
});
