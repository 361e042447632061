import { describe, expect, test } from '@jest/globals';
import { resolve } from '../../src/model/resolve.js';
import { parseSpecs } from '../../src/spec/parse/specs.js';
import { podinfo, resolvedCluster, sourcesOf, type Texts } from '../support/repository.js';

const caller = (calls: string) =>
  `name: shop\nkind: worker\nimage: ghcr.io/acme/shop:1.0.0\nnetwork: {calls: ${calls}}\nclusters: {prod: {}}\n`;

const cluster = (calls: string) => resolvedCluster({ apps: { podinfo, shop: caller(calls) } });
const networkOf = (calls: string, name: string) => cluster(calls).apps.find((app) => app.name === name)?.network;

function said(texts: Texts): string[] {
  const read = sourcesOf(texts);
  return resolve(parseSpecs(read.sources, read.manifests).specs).diagnostics.map(
    ({ at, code, hint }) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0} ${code}: ${hint ?? ''}`,
  );
}

describe('a call', () => {
  test('opens the caller’s egress and the callee’s ingress', () => {
    const peer = (name: string) => ({ kind: 'pods', namespace: name, labels: { 'app.kubernetes.io/name': name } });
    const ports = [{ name: 'http', port: 9898, protocol: 'TCP' }];
    expect(networkOf('[podinfo]', 'shop')?.egress).toContainEqual({
      reason: 'calls podinfo',
      peers: [peer('podinfo')],
      ports,
    });
    expect(networkOf('[podinfo]', 'podinfo')?.ingress).toEqual([
      { reason: 'called by shop', peers: [peer('shop')], ports },
    ]);
  });

  test('to an app that is not on the cluster is an error at the name, with the nearest one', () => {
    expect(said({ apps: { podinfo, shop: caller('[podinfos]') } })).toEqual([
      'apps/shop.yaml:4:19 call-to-unknown-app: did you mean podinfo?',
    ]);
  });

  test('to an app whose own spec is wrong is not a second mistake', () => {
    const broken = podinfo.replace('port: 9898', 'port: none');
    expect(said({ apps: { podinfo: broken, shop: caller('[podinfo]') } })).toEqual([]);
  });

  test('to a port that the app does not have is an error at the port', () => {
    expect(said({ apps: { podinfo, shop: caller('[{app: podinfo, ports: [grpc]}]') } })).toEqual([
      'apps/shop.yaml:4:42 unknown-port: its ports are http (9898)',
    ]);
  });

  test('to an app without ports is an error', () => {
    expect(said({ apps: { shop: caller('[mailer]'), mailer: caller('[]').replace('shop', 'mailer') } })).toEqual([
      'apps/shop.yaml:4:19 call-to-portless-app: give mailer a port, or take the line out',
    ]);
  });
});

test('every app may ask DNS, and with Pod Identity its agent', () => {
  const [app] = resolvedCluster({
    apps: {
      podinfo: podinfo.replace('clusters:', 'aws: {policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}\nclusters:'),
    },
  }).apps;
  expect(app?.network.egress.map(({ reason }) => reason)).toEqual(['DNS', 'EKS Pod Identity agent']);
});
