import { describe, expect, test } from '@jest/globals';
import { container, service } from './render.js';

const readiness = (probe: string) => container(service(`health: {readiness: ${probe}}`))['readinessProbe'];
const timing = { periodSeconds: 5, timeoutSeconds: 1, failureThreshold: 3, successThreshold: 1 };

describe('a probe', () => {
  test('by path asks the first port, by its name', () => {
    expect(readiness('/ready')).toEqual({ httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' }, ...timing });
  });

  test('sends headers and speaks HTTPS', () => {
    expect(readiness('{http: {path: /ready, scheme: HTTPS, headers: {Host: shop}}}')).toMatchObject({
      httpGet: { scheme: 'HTTPS', httpHeaders: [{ name: 'Host', value: 'shop' }] },
    });
  });

  test('by gRPC has a number for its port', () => {
    expect(readiness('{grpc: {service: shop}}')).toEqual({ grpc: { port: 8080, service: 'shop' }, ...timing });
    expect(readiness('{grpc: {}}')).toEqual({ grpc: { port: 8080 }, ...timing });
  });

  test('by TCP opens a connection', () => {
    expect(readiness('{tcp: {}}')).toEqual({ tcpSocket: { port: 'http' }, ...timing });
  });

  test('by command has more time', () => {
    expect(readiness('{exec: [cat, /ok]}')).toEqual({
      exec: { command: ['cat', '/ok'] },
      ...timing,
      timeoutSeconds: 5,
    });
  });

  test('has the timing of the spec', () => {
    expect(readiness('{tcp: {}, initialDelay: 3s, period: 7s, timeout: 2s, failureThreshold: 4}')).toMatchObject({
      initialDelaySeconds: 3,
      periodSeconds: 7,
      timeoutSeconds: 2,
      failureThreshold: 4,
    });
  });
});

test('only the probes of the spec are rendered', () => {
  const probes = (app: string) => Object.keys(container(app)).filter((field) => field.endsWith('Probe'));
  expect(probes(service())).toEqual([]);
  expect(probes(service('health: {readiness: /r}'))).toEqual(['readinessProbe']);
  expect(probes(service('health: {readiness: /r, liveness: /l, startup: /s}'))).toEqual([
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
  ]);
});
