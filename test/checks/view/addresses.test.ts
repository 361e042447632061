import { expect, test } from '@jest/globals';
import { addressesIn } from '../../../src/checks/view/addresses.js';

const found = (value: string, variable?: string) =>
  addressesIn(value, 'shop', variable).map(
    ({ service, namespace, port }) => `${namespace}/${service}${port === undefined ? '' : `:${port}`}`,
  );

test.each([
  ['cart:8080', 'shop/cart:8080'],
  ['cart.depot:8080', 'depot/cart:8080'],
  ['cart.depot.svc', 'depot/cart'],
  ['cart-0.cart.depot.svc.cluster.local.:9', 'depot/cart:9'],
  ['http://cart', 'shop/cart:80'],
  ['https://user:pw@cart.depot/path?x=y', 'depot/cart:443'],
  ['--upstream=cart:8080', 'shop/cart:8080'],
  ['wget -q "http://cart:8080/" && echo done', 'shop/cart:8080'],
])('%s names %s', (value, address) => {
  expect(found(value)).toContain(address);
});

test.each([
  'cart',
  'registry.example.com/cart:8080',
  'http://cart.example.com',
  '10.0.0.1:8080/cart',
  '$(CART):8080',
  '${CART}:8080',
  'cart.depot.svc.example.com',
])('%s names no Service in a variable of any name', (value) => {
  expect(found(value).filter((address) => /\/cart(:|$)/.test(address))).toEqual([]);
});

test('a bare name is an address where the variable is named as a host', () => {
  expect(found('cart', 'CART_HOST')).toEqual(['shop/cart']);
  expect(found('cart.depot', 'CART_ADDR')).toEqual(['depot/cart']);
  expect(found('cart', 'QUEUE')).toEqual([]);
});
