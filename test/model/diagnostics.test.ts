import { describe, expect, test } from '@jest/globals';
import { resolve } from '../../src/model/resolve.js';
import { parseSpecs } from '../../src/spec/parse/specs.js';
import { podinfo, prod, sourcesOf } from '../support/repository.js';

/** What resolving one app says, as `line:column code: message | hint`. */
function said(app: string, others: Readonly<Record<string, string>> = {}): string[] {
  const read = sourcesOf({ clusters: { prod }, apps: { podinfo: app, ...others } });
  const parsed = parseSpecs(read.sources, read.manifests);
  expect([...read.diagnostics, ...parsed.diagnostics].filter(({ severity }) => severity === 'error')).toEqual([]);
  return resolve(parsed.specs).diagnostics.map(
    ({ at, code, message, hint }) => `${at?.line ?? 0}:${at?.column ?? 0} ${code}: ${message} | ${hint ?? ''}`,
  );
}
const codes = (app: string) => said(app).map((line) => line.replace(/^\S+ ([-a-z]+):.*$/, '$1'));
const withPort = (port: string, ...lines: readonly string[]) =>
  podinfo.replace('port: 9898', `ports: [${port}, {name: plain, port: 80}]`) +
  lines.map((line) => `${line}\n`).join('');

describe('an analysis job on a port that does not answer HTTP/1.1', () => {
  const job = (fields = '{}') => `release: {canary: [50%, 1m], analysis: {job: ${fields}}}`;
  const probed = (readiness: string) => withPort('{name: api, port: 9898}', job()).replace('/readyz', readiness);

  test('is an error where the job is written', () => {
    expect(said(withPort('{name: grpc, port: 9898}', job()))).toEqual([
      '7:46 analysis-not-http: the analysis job asks port grpc over HTTP/1.1, but it speaks gRPC: every release would be aborted | name a port that answers HTTP, write job.path if this one does, or analyse by web or cloudWatch',
    ]);
  });

  test.each([
    ['appProtocol grpc', withPort('{name: api, port: 9898, appProtocol: grpc}', job())],
    ['appProtocol h2c', withPort('{name: api, port: 9898, appProtocol: kubernetes.io/h2c}', job())],
    ['a grpc probe', probed('{grpc: {}}')],
    ['a tcp probe', probed('{tcp: {}}')],
    [
      'UDP',
      withPort('{name: api, port: 9898, protocol: UDP}', job()).replace(
        'readiness: /readyz, liveness: /healthz',
        'readiness: {exec: [ok]}',
      ),
    ],
  ])('by %s', (_, app) => {
    expect(codes(app)).toEqual(['analysis-not-http']);
  });

  test('is none where the path is written, another port is named or the port says HTTP', () => {
    expect(codes(withPort('{name: grpc, port: 9898}', job('{path: /ok}')))).toEqual([]);
    expect(codes(withPort('{name: grpc, port: 9898}', job('{port: plain}')))).toEqual([]);
    expect(codes(withPort('{name: grpc, port: 9898, appProtocol: http}', job()))).toEqual([]);
    expect(codes(withPort('{name: grpc-web, port: 9898}', job()))).toEqual([]);
  });

  test('is one for UDP whatever the path', () => {
    expect(
      codes(
        withPort('{name: api, port: 9898, protocol: UDP}', job('{path: /ok}')).replace(
          'readiness: /readyz, liveness: /healthz',
          'readiness: {exec: [ok]}',
        ),
      ),
    ).toEqual(['analysis-not-http']);
  });
});

describe('an ingress to gRPC', () => {
  const ingress = (fields = '') => withPort('{name: grpc, port: 9898}', `ingress: {host: a.example.com${fields}}`);

  test('without HTTPS is an error, as the load balancer refuses the target group', () => {
    expect(said(ingress())).toEqual([
      '7:10 ingress-needs-https: port grpc speaks gRPC, which an Application Load Balancer passes on from HTTPS alone | give the ingress a certificateArn',
    ]);
  });

  test('with a certificate, or listeners of one’s own, is none', () => {
    expect(codes(ingress(', certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a"'))).toEqual([]);
    expect(codes(ingress(', annotations: {alb.ingress.kubernetes.io/listen-ports: \'[{"HTTPS":443}]\'}'))).toEqual([]);
  });
});

describe('a label that Spillway writes itself', () => {
  test('is an error at its line, rather than overwritten', () => {
    const app = `${podinfo}labels:\n  team: a\n  app.kubernetes.io/name: other\n  app.kubernetes.io/managed-by: me\n`;
    expect(said(app).map((line) => line.split(':').slice(0, 3).join(':'))).toEqual([
      '9:27 reserved-label: the label app.kubernetes.io/name is Spillway’s own',
      '10:33 reserved-label: the label app.kubernetes.io/managed-by is Spillway’s own',
    ]);
  });

  test('is none of the others', () => {
    expect(codes(`${podinfo}labels: {app.kubernetes.io/part-of: shop, app.kubernetes.io/version: v1}\n`)).toEqual([]);
  });
});
