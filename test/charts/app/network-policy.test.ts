import { describe, expect, test } from '@jest/globals';
import { addNetworkPolicy } from '../../../charts/app/network-policy.js';
import { appObjects } from '../../../charts/app/app.js';
import { chartObjects } from '../../../charts/chart.js';
import { objectNamed, resolvedApp, resolvedCluster } from '../../support/repository.js';
import { names, render, service, spec, worker } from './render.js';

const inNamespace = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });
const named = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });
const dns = {
  to: [{ namespaceSelector: inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [
    { port: 53, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
  ],
};

describe('the network policy', () => {
  test('denies everything but DNS', () => {
    expect(spec(worker(), 'NetworkPolicy')).toEqual({
      podSelector: named('shop'),
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns],
    });
  });

  test('lets the load balancer in', () => {
    expect(spec(service('ingress: {host: shop.example.com}'), 'NetworkPolicy')['ingress']).toEqual([
      { from: [{ ipBlock: { cidr: '192.168.0.0/16' } }], ports: [{ port: 'http', protocol: 'TCP' }] },
    ]);
  });

  test('lets a call out on one side and in on the other, by the name of the container’s port', () => {
    const cart =
      'name: cart\nimage: "ghcr.io/acme/cart:1.0.0"\nports: [{name: grpc, port: 7070, servicePort: 80}]\nclusters: {prod: {}}\n';
    const cluster = resolvedCluster({ apps: { cart, shop: service('network: {calls: [cart]}') } });
    const policy = (name: string) => {
      const app = cluster.apps.find((candidate) => candidate.name === name);
      if (app === undefined) throw new Error(name);
      return objectNamed(appObjects(cluster, app), 'NetworkPolicy', name)['spec'];
    };
    const ports = [{ port: 'grpc', protocol: 'TCP' }];
    expect(policy('shop')).toMatchObject({
      egress: [{ to: [{ namespaceSelector: inNamespace('cart'), podSelector: named('cart') }], ports }, dns],
    });
    expect(policy('cart')).toMatchObject({
      ingress: [{ from: [{ namespaceSelector: inNamespace('shop'), podSelector: named('shop') }], ports }],
    });
  });

  test('stays as it is when a port gets another number, so that a release cuts off neither old pods nor new ones', () => {
    const policies = (port: number) => {
      const cart = `name: cart\nimage: "ghcr.io/acme/cart:1.0.0"\nport: ${port}\ningress: {host: cart.example.com}\nclusters: {prod: {}}\n`;
      const cluster = resolvedCluster({ apps: { cart, shop: service('network: {calls: [cart]}') } });
      return cluster.apps.map((app) => objectNamed(appObjects(cluster, app), 'NetworkPolicy', app.name)['spec']);
    };
    expect(policies(9090)).toEqual(policies(7070));
  });

  test('numbers the ports of sidecars: init containers, which the VPC CNI does not look at for names', () => {
    const fields =
      'sidecars: [{name: proxy, image: "ghcr.io/acme/proxy:1.0.0", port: 9901}]\n' +
      'network: {allowFrom: [{namespace: monitoring, ports: [proxy, http]}]}';
    expect(spec(service(fields), 'NetworkPolicy')['ingress']).toMatchObject([
      {
        ports: [
          { port: 'http', protocol: 'TCP' },
          { port: 9901, protocol: 'TCP' },
        ],
      },
    ]);
  });

  test('opens every port and every pod of a namespace where the spec names none', () => {
    expect(spec(service('network: {allowFrom: [{namespace: monitoring}]}'), 'NetworkPolicy')['ingress']).toEqual([
      { from: [{ namespaceSelector: inNamespace('monitoring'), podSelector: {} }] },
    ]);
  });

  test('is the same whatever the order of the rules', () => {
    const rules = ['{cidr: 10.1.0.0/16, ports: [443, 53/UDP]}', '{cidr: 10.2.0.0/16, ports: [80]}'];
    const policy = (list: readonly string[]) =>
      spec(service(`network: {allowTo: [${list.join(', ')}]}`), 'NetworkPolicy');
    expect(policy(rules)).toEqual(policy([...rules].reverse()));
  });

  test('has no rule for nobody, which Kubernetes would read as everybody', () => {
    const { app } = resolvedApp(service());
    const open = { ...app, network: { ingress: [{ reason: 'nobody', peers: [], ports: [] }], egress: [] } };
    const [policy] = chartObjects('test', (chart) => {
      addNetworkPolicy(chart, open);
    });
    expect(policy?.['spec']).toEqual({ podSelector: named('shop'), policyTypes: ['Ingress', 'Egress'] });
  });
});

describe('the network policy of an analysis Job', () => {
  const app = service('release: {canary: [50%, 1m], analysis: {job: {}}}');
  const toApp = {
    to: [{ namespaceSelector: inNamespace('shop'), podSelector: named('shop') }],
    ports: [{ port: 'http', protocol: 'TCP' }],
  };

  test('lets it reach DNS and the app, and the app lets it in', () => {
    expect(spec(app, 'NetworkPolicy', 'shop-analysis')).toEqual({
      podSelector: named('shop-analysis'),
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns, toApp],
    });
    expect(spec(app, 'NetworkPolicy')['ingress']).toEqual([
      {
        from: [{ namespaceSelector: inNamespace('shop'), podSelector: named('shop-analysis') }],
        ports: [{ port: 'http', protocol: 'TCP' }],
      },
    ]);
  });

  test('is there for a Job alone', () => {
    expect(names(render(service('release: {canary: [50%, 1m]}')))).not.toContain('NetworkPolicy/shop-analysis');
  });
});
