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

  test('shares a load balancer, stays inside, and takes what else a person annotates', () => {
    const fields =
      'host: a.example.com, scheme: internal, group: public, annotations: {alb.ingress.kubernetes.io/target-type: instance, alb.ingress.kubernetes.io/tags: a=b}';
    expect(annotation(fields, 'scheme')).toBe('internal');
    expect(annotation(fields, 'group.name')).toBe('public');
    expect(annotation(fields, 'tags')).toBe('a=b');
    expect(annotation(fields, 'target-type')).toBe('instance');
  });
});
