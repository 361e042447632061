import { describe, expect, test } from '@jest/globals';
import { resolve } from '../../src/model/resolve.js';
import { analysisTarget } from '../../src/model/analysis-target.js';
import { wantsCanaryService } from '../../src/model/analysis-calls.js';
import { parseSpecs } from '../../src/spec/parse/specs.js';
import { podinfo, resolvedCluster, sourcesOf } from '../support/repository.js';

const shop = (url: string) => `name: shop
image: ghcr.io/acme/shop:1.0.0
ports: [{name: http, port: 8080, servicePort: 80}, {name: admin, port: 9000}]
release: {canary: [50%, 1m], analysis: {web: {url: "${url}", successCondition: result > 0}}}
clusters: {prod: {}}
`;
const meter = podinfo
  .replace('name: podinfo', 'name: meter')
  .replace(
    'port: 9898',
    'namespace: tools\nports: [{name: http, port: 9090, servicePort: 80}, {name: other, port: 9091}]',
  );
const meterSurge = podinfo.replace('name: podinfo', 'name: meter-surge').replace('port:', 'namespace: tools\nport:');
const apps = (url: string) => ({ shop: shop(url), meter, 'meter-surge': meterSurge });

/** The ports that each app opens to the Rollouts controller. */
function opened(url: string): Record<string, number[]> {
  const rules = resolvedCluster({ apps: apps(url) }).apps.map(({ name, network }): [string, number[]] => [
    name,
    network.ingress
      .filter(({ peers }) => peers.some((peer) => peer.kind === 'pods' && peer.namespace === 'argo-rollouts'))
      .flatMap(({ ports }) => ports.map(({ port }) => port)),
  ]);
  return Object.fromEntries(rules.filter(([, ports]) => ports.length > 0));
}

function said(url: string): string[] {
  const read = sourcesOf({ apps: apps(url) });
  return resolve(parseSpecs(read.sources, read.manifests).specs).diagnostics.map(
    ({ at, code, hint }) => `${at?.file ?? ''}:${at?.line ?? 0}:${at?.column ?? 0} ${code}: ${hint ?? ''}`,
  );
}

describe('a web analysis opens to the Rollouts controller', () => {
  test.each([
    ['http://{{args.service}}/ok', { shop: [8080] }],
    ['http://{{args.service}}:9000/ok', { shop: [9000] }],
    ['http://shop.shop/ok', { shop: [8080] }],
    ['http://shop.shop.svc.cluster.local:80/ok', { shop: [8080] }],
    ['http://shop-canary.shop.svc/ok', { shop: [8080] }],
    ['http://meter.tools.svc/q?x=1', { meter: [9090] }],
    ['http://METER.tools.svc.:9091', { meter: [9091] }],
    ['http://user:pw@meter.tools/q', { meter: [9090] }],
    ['http://meter-surge.tools:9898/q', { 'meter-surge': [9898] }],
  ])('exactly that app’s that port: %s', (url, expected) => {
    expect(opened(url)).toEqual(expected);
  });

  test.each([
    'https://shop.example.com/ok',
    'http://meter.shop.svc/q',
    'http://10.0.0.1/q',
    'http://other.tools.svc/q',
    'https://example.com/?to=//shop.shop/ok',
  ])('nothing for what is elsewhere: %s', (url) => {
    expect(opened(url)).toEqual({});
    expect(said(url)).toEqual([]);
  });
});

describe('a host that the Rollouts controller does not find', () => {
  test.each([
    ['http://meter/q', 'write meter.tools.svc'],
    ['http://shop:80/ok', 'write shop.shop.svc, or {{args.service}} for the canary alone'],
    ['http://shop-canary/ok', 'write {{args.service}}, which stands for shop-canary.shop.svc'],
    ['http://metre/q', 'write meter.tools.svc'],
    ['http://prometheus:9090/q', 'write the whole name, <service>.<namespace>.svc'],
  ])('is an error with the name to write: %s', (url, hint) => {
    expect(said(url)).toEqual([`apps/shop.yaml:4:52 analysis-host: ${hint}`]);
  });

  test('is a port that its Service does not offer, too', () => {
    expect(said('http://meter.tools.svc:9090/q')).toEqual([
      'apps/shop.yaml:4:52 unknown-port: write one that it does: 80 (http), 9091 (other)',
    ]);
  });
});

test('an analysis that names the canary’s Service has it rendered', () => {
  const wants = (url: string) =>
    resolvedCluster({ apps: apps(url) })
      .apps.filter((app) => wantsCanaryService(app))
      .map(({ name }) => name);
  expect(wants('http://shop-canary.shop/ok')).toEqual(['shop']);
  expect(wants('http://{{args.service}}/ok')).toEqual(['shop']);
  expect(wants('http://shop.shop/ok')).toEqual([]);
});

test('a URL without a port asks its scheme’s', () => {
  const app = { name: 'shop', namespace: 'shop' };
  expect(analysisTarget('https://shop.shop/ok', app)).toMatchObject({ port: 443 });
  expect(analysisTarget('http://[::1]/ok', app)).toEqual({ kind: 'outside' });
});
