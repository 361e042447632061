import { describe, expect, test } from '@jest/globals';
import { prod } from '../../support/repository.js';
import { names, render, service, spec } from './render.js';

const cluster = `${prod}metricsAdapters: [custom.metrics.k8s.io, external.metrics.k8s.io]\n`;
const autoscaler = (...lines: string[]) => spec(service(...lines), 'HorizontalPodAutoscaler', 'shop', cluster);
const cpu = (averageUtilization: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

describe('an autoscaler', () => {
  test('is there where the maximum is above the minimum', () => {
    expect(names(render(service('scale: {min: 2, max: 3}')))).toContain('HorizontalPodAutoscaler/shop');
    expect(names(render(service('scale: {min: 3, max: 3}')))).not.toContain('HorizontalPodAutoscaler/shop');
  });

  test('scales the Deployment, or the Rollout that takes its place', () => {
    expect(autoscaler('scale: {min: 2, max: 3}')['scaleTargetRef']).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'shop',
    });
    expect(autoscaler('scale: {min: 2, max: 3}', 'release: {canary: [50%, 1m]}')['scaleTargetRef']).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name: 'shop',
    });
  });

  test('keeps between the numbers of the spec', () => {
    expect(autoscaler('scale: {min: 3, max: 30}')).toMatchObject({ minReplicas: 3, maxReplicas: 30 });
  });

  test('goes up at once and down after five minutes', () => {
    expect(autoscaler('scale: {min: 2, max: 3}')['behavior']).toEqual({
      scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max' },
      scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: 'Max' },
    });
  });

  test('goes as fast as the spec lets it', () => {
    const up =
      'up: {stabilizationWindow: 30s, select: Min, policies: [{pods: 4, period: 15s}, {percent: 50, period: 1m}], tolerance: 0.05}';
    expect(autoscaler(`scale: {min: 2, max: 3, ${up}, down: {select: Disabled, tolerance: 0}}`)['behavior']).toEqual({
      scaleUp: {
        stabilizationWindowSeconds: 30,
        selectPolicy: 'Min',
        policies: [
          { type: 'Pods', value: 4, periodSeconds: 15 },
          { type: 'Percent', value: 50, periodSeconds: 60 },
        ],
        tolerance: '0.05',
      },
      scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: 'Disabled', tolerance: '0' },
    });
  });
});

describe('its metrics', () => {
  test('are shares of the request, or amounts', () => {
    expect(autoscaler('scale: {min: 2, max: 3, cpu: 60%, metrics: [{memory: 100Mi}]}')['metrics']).toEqual([
      cpu(60),
      { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '100Mi' } } },
    ]);
  });

  test('are custom and external ones as well', () => {
    const metrics = [
      '{pods: {metric: queue, average: 30, selector: {shard: a}}}',
      '{external: {metric: depth, average: 500m}}',
      '{external: {metric: lag, value: 100, selector: {topic: t}}}',
    ].join(', ');
    expect(autoscaler(`scale: {min: 2, max: 3, metrics: [${metrics}]}`)['metrics']).toEqual([
      {
        type: 'Pods',
        pods: {
          metric: { name: 'queue', selector: { matchLabels: { shard: 'a' } } },
          target: { type: 'AverageValue', averageValue: '30' },
        },
      },
      {
        type: 'External',
        external: { metric: { name: 'depth' }, target: { type: 'AverageValue', averageValue: '500m' } },
      },
      {
        type: 'External',
        external: {
          metric: { name: 'lag', selector: { matchLabels: { topic: 't' } } },
          target: { type: 'Value', value: '100' },
        },
      },
    ]);
  });

  test('stand with those of resources first, in whatever order they were written', () => {
    const metrics = autoscaler(
      'scale: {min: 2, max: 3, metrics: [{external: {metric: depth, average: 1}}, {cpu: 80%}]}',
    );
    expect((metrics['metrics'] as { type: string }[]).map(({ type }) => type)).toEqual(['Resource', 'External']);
  });
});
