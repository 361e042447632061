import { describe, expect, test } from '@jest/globals';
import { objectNamed } from '../../support/repository.js';
import { render, service } from './render.js';

describe('the Ingress', () => {
  const ingress = (fields: string) => objectNamed(render(service(`ingress: {${fields}}`)), 'Ingress', 'shop');
  const annotation = (fields: string, name: string) =>
    ingress(fields).metadata.annotations?.[`alb.ingress.kubernetes.io/${name}`];
  const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/abc';

  test('is an Application Load Balancer’s, one rule a host', () => {
    const http = {
      paths: [{ path: '/shop', pathType: 'Prefix', backend: { service: { name: 'shop', port: { name: 'http' } } } }],
    };
    expect(ingress('hosts: [a.example.com, b.example.com], path: /shop')['spec']).toEqual({
      ingressClassName: 'alb',
      rules: [
        { host: 'a.example.com', http },
        { host: 'b.example.com', http },
      ],
    });
  });

  test('sends to pods, asks their readiness path and lets them go within the preStop sleep', () => {
    expect(ingress('host: a.example.com, healthCheckPath: /ok').metadata.annotations).toEqual({
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTP":80}]',
      'alb.ingress.kubernetes.io/healthcheck-path': '/ok',
      'alb.ingress.kubernetes.io/target-group-attributes': 'deregistration_delay.timeout_seconds=15',
    });
  });

  test('with a certificate listens on HTTPS and redirects to it', () => {
    const fields = `host: a.example.com, certificateArn: "${arn}"`;
    expect(annotation(fields, 'listen-ports')).toBe('[{"HTTP":80},{"HTTPS":443}]');
    expect(annotation(fields, 'ssl-redirect')).toBe('443');
    expect(annotation(fields, 'certificate-arn')).toBe(arn);
  });

  describe('speaks what the pods speak', () => {
    const alb = 'alb.ingress.kubernetes.io/';
    const said = (port: string, readiness = '', extra = '') => {
      const health = readiness === '' ? '' : `health: {readiness: ${readiness}}\n`;
      const app = service(`ingress: {host: a.example.com, certificateArn: "${arn}"${extra}}`).replace(
        'port: 8080',
        `${health}ports: [${port}, {name: admin, port: 9000}]`,
      );
      const { annotations = {} } = objectNamed(render(app), 'Ingress', 'shop').metadata;
      return [
        'backend-protocol',
        'backend-protocol-version',
        'healthcheck-protocol',
        'healthcheck-path',
        'success-codes',
      ]
        .map((name) => annotations[`${alb}${name}`] ?? '-')
        .join(' ');
    };

    test.each([
      ['HTTP/1.1 by default', '{name: http, port: 8080}', '/ready', '- - - /ready -'],
      [
        'TLS by the readiness probe',
        '{name: web, port: 8443}',
        '{http: {path: /ok, scheme: HTTPS}}',
        'HTTPS - HTTPS /ok -',
      ],
      ['TLS by appProtocol', '{name: web, port: 8443, appProtocol: https}', '', 'HTTPS - HTTPS / -'],
      [
        'HTTP/2 by appProtocol',
        '{name: web, port: 8080, appProtocol: kubernetes.io/h2c}',
        '/ready',
        '- HTTP2 - /ready -',
      ],
      [
        'gRPC by the readiness probe, with its method',
        '{name: web, port: 50051}',
        '{grpc: {}}',
        '- GRPC - /grpc.health.v1.Health/Check 0',
      ],
      [
        'gRPC on h2c, too',
        '{name: web, port: 50051, appProtocol: kubernetes.io/h2c}',
        '{grpc: {}}',
        '- GRPC - /grpc.health.v1.Health/Check 0',
      ],
      [
        'gRPC by appProtocol, asked for what no server has',
        '{name: web, port: 50051, appProtocol: grpc}',
        '{tcp: {}}',
        '- GRPC - /AWS.ALB/healthcheck 12',
      ],
      ['gRPC by the port’s name', '{name: grpc-api, port: 50051}', '', '- GRPC - /AWS.ALB/healthcheck 12'],
      ['an appProtocol before a name', '{name: grpc, port: 8080, appProtocol: http}', '', '- - - / -'],
      ['a probe of another port says nothing', '{name: web, port: 8080}', '{grpc: {port: admin}}', '- - - / -'],
    ])('%s', (_, port, readiness, expected) => {
      expect(said(port, readiness)).toBe(expected);
    });

    test('and a written path of a gRPC port must answer OK', () => {
      expect(said('{name: grpc, port: 50051}', '', ', healthCheckPath: /shop.v1.Shop/Ping')).toBe(
        '- GRPC - /shop.v1.Shop/Ping 0',
      );
    });
  });

  test('shares a load balancer, stays inside, and takes what else a person annotates', () => {
    const fields =
      'host: a.example.com, scheme: internal, group: public, annotations: {alb.ingress.kubernetes.io/target-type: instance, alb.ingress.kubernetes.io/tags: a=b}';
    expect(annotation(fields, 'scheme')).toBe('internal');
    expect(annotation(fields, 'group.name')).toBe('public');
    expect(annotation(fields, 'tags')).toBe('a=b');
    expect(annotation(fields, 'target-type')).toBe('instance');
  });
});
