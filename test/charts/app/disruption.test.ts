import { describe, expect, test } from '@jest/globals';
import { service, spec } from './render.js';

describe('the disruption budget', () => {
  test('lets pods go that serve nobody, and a share of the others', () => {
    expect(spec(service(), 'PodDisruptionBudget')).toEqual({
      maxUnavailable: '25%',
      selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('lets a number of them go where the spec says so', () => {
    expect(spec(service('disruption: {maxUnavailable: 2}'), 'PodDisruptionBudget')['maxUnavailable']).toBe(2);
  });
});
