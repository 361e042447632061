import { app, casesOf, cluster, jsonPatch, manifest, withManifest } from './case.js';

/** An app with these ports instead of its one. */
const withPorts = (text: string) => text.replace(/^port: 8080\n/m, '');
const cart = (lines = '') => app(`namespace: shop\n${lines}`, 'cart').replace('namespace: cart', 'namespace: shop');
const stock = withPorts(app('namespace: depot\nports: [{name: http, port: 9000, servicePort: 80}]', 'stock'));
const given = (lines: string, rest = '') => ({ shop: app(`${lines}\n${rest}`), cart: cart(), stock });

const policy = 'policies: ["arn:aws:iam::111122223333:policy/shop"]';

export const callsCases = [
  ...casesOf('call-not-allowed', [
    {
      when: 'a variable has the name of the same namespace, with its port',
      apps: given('env:\n  CART_ADDR: ▸cart:8080'),
      says: 'shop is given cart:8080, but its NetworkPolicy does not let it call cart',
    },
    { when: 'a variable named as a host has the bare name', apps: given('env:\n  CART_HOST: ▸cart') },
    { when: 'a URL has the name', apps: given('env:\n  CART: ▸"http://cart:8080/api"') },
    {
      when: 'a URL has namespace and name, and the port of its scheme',
      apps: given('env:\n  STOCK: ▸"http://stock.depot/items"'),
      says: 'call stock',
    },
    { when: 'a name ends in svc', apps: given('env:\n  STOCK: ▸stock.depot.svc') },
    { when: 'a name is written out', apps: given('env:\n  STOCK: ▸"http://stock.depot.svc.cluster.local:80"') },
    { when: 'an option has it', apps: given('args: [--verbose, ▸"--cart=cart:8080"]') },
    {
      when: 'a script has it',
      apps: given('command: [sh, -c, ▸"until wget -q http://cart:8080/; do sleep 1; done"]'),
    },
    { when: 'one of several has it', apps: given('env:\n  PEERS: ▸other:1,cart:8080') },
    {
      when: 'an init container has it',
      apps: given('init: [{name: wait, image: "a:1.0.0", env: {CART: ▸"cart:8080"}}]'),
    },
    {
      when: 'the callee closes its side',
      apps: {
        shop: app('env:\n  CART: ▸cart:8080\nnetwork: {calls: [cart]}'),
        cart: cart('patches: [{target: {kind: NetworkPolicy}, merge: {spec: {ingress: null}}}]'),
      },
      says: 'the NetworkPolicy of cart does not let it in',
    },
    {
      when: 'another port of the app is called',
      apps: {
        shop: app('env:\n  CART: ▸cart:9090\nnetwork: {calls: [{app: cart, ports: [http]}]}'),
        cart: withPorts(cart('ports: [{name: http, port: 8080}, {name: admin, port: 9090}]')),
      },
    },
    {
      when: 'a patch gives it',
      apps: given(
        '',
        jsonPatch('{op: add, path: /spec/template/spec/containers/0/env, value: [{name: CART, value: "cart:8080"}]}'),
      ),
    },
    {
      when: 'calls say all of them',
      apps: given(
        'env: {CART: "cart:8080", STOCK: "http://stock.depot/", STOCK_HOST: stock.depot.svc.cluster.local}\nnetwork: {calls: [cart, stock]}',
      ),
    },
    {
      when: 'nothing of it is the address of an app here',
      apps: given(
        'env: {NAME: cart, IMAGE: "registry/cart:8080", OTHER: "cart:1", FAR: "http://cart.example.com", WRONG: "http://cart.depot:8080", SELF: "http://shop:8080", USER: "http://cart:pw@db/x", DOLLAR: "$(cart):8080", OUT: "10.0.0.1:8080"}',
      ),
    },
  ]),
  ...casesOf('aws-egress', [
    {
      when: 'no way leads to AWS',
      apps: { shop: app(`▸aws: {${policy}}`) },
      says: 'call nothing on port 443',
    },
    {
      when: 'another port is open',
      apps: { shop: app(`▸aws: {${policy}}\nnetwork: {allowTo: [{cidr: 0.0.0.0/0, ports: [80]}]}`) },
    },
    {
      when: 'VPC endpoints may be called',
      apps: { shop: app(`aws: {${policy}}\nnetwork: {allowTo: [{cidr: 10.0.0.0/16, ports: [443]}]}`) },
    },
    {
      when: 'everything may be called',
      apps: { shop: app(`aws: {${policy}}\nnetwork: {allowTo: [{cidr: 0.0.0.0/0, ports: [443]}]}`) },
    },
  ]),
  ...casesOf('api-egress', [
    {
      when: 'no way leads to the API',
      apps: { shop: app('serviceAccountToken: ▸true') },
      says: 'does not let it call the API',
    },
    {
      when: 'only the endpoints in the VPC may be called',
      apps: {
        shop: app('serviceAccountToken: ▸true\nnetwork: {allowTo: [{cidr: 192.168.0.0/16, ports: [443]}]}'),
      },
    },
    {
      when: 'Services may be called',
      apps: { shop: app('serviceAccountToken: true\nnetwork: {allowTo: [{cidr: 10.100.0.1/32, ports: [443]}]}') },
    },
    {
      when: 'the ClusterConfig says another range of Services',
      cluster: cluster(
        'eksctl: {patches: [{op: add, path: /kubernetesNetworkConfig/serviceIPv4CIDR, value: 172.30.0.0/16}]}',
      ),
      apps: { shop: app('serviceAccountToken: true\nnetwork: {allowTo: [{cidr: 172.30.0.0/16, ports: [443]}]}') },
    },
    { when: 'there is no token', apps: { shop: app() } },
    {
      when: 'a manifest opens it',
      apps: { shop: withManifest('serviceAccountToken: true') },
      manifests: manifest(
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: api}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 443}]}]}\n',
      ),
    },
  ]),
];
