import { describe, expect, test } from '@jest/globals';
import { cronJob, pod, service } from './render.js';

const nodes = (lifecycle: string) => ({
  matchExpressions: [{ key: 'node-lifecycle', operator: 'In', values: [lifecycle] }],
});
const preferred = (lifecycle: string) => ({
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: nodes(lifecycle) }],
  },
});

describe('capacity', () => {
  test('overflow tolerates nothing and prefers on-demand nodes', () => {
    const { spec } = pod(service('capacity: overflow'));
    expect(spec).not.toHaveProperty('tolerations');
    expect(spec['affinity']).toEqual(preferred('on-demand'));
  });

  test('prefer-spot tolerates the soft taint of Spot nodes and prefers them', () => {
    const { spec } = pod(service('capacity: prefer-spot'));
    expect(spec['tolerations']).toEqual([
      { key: 'node-lifecycle', operator: 'Equal', value: 'spot', effect: 'PreferNoSchedule' },
    ]);
    expect(spec['affinity']).toEqual(preferred('spot'));
  });

  test('on-demand requires on-demand nodes', () => {
    const { spec } = pod(service('capacity: on-demand'));
    expect(spec).not.toHaveProperty('tolerations');
    expect(spec['affinity']).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [nodes('on-demand')] },
      },
    });
  });
});

describe('spread', () => {
  const constraints = (app: string) => pod(app).spec['topologySpreadConstraints'];
  const zone = {
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    maxSkew: 1,
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
    matchLabelKeys: ['pod-template-hash'],
  };

  test('is over zones alone for overflow apps', () => {
    expect(constraints(service())).toEqual([zone]);
  });

  test('is over zones and nodes where that fights no preference', () => {
    expect(constraints(service('capacity: on-demand'))).toEqual([
      zone,
      { ...zone, topologyKey: 'kubernetes.io/hostname' },
    ]);
  });

  test('tells releases of a Rollout apart by the label of its controller', () => {
    expect(constraints(service('release: {canary: [50%, 1m]}'))).toEqual([
      { ...zone, matchLabelKeys: ['rollouts-pod-template-hash'] },
    ]);
  });

  test('of a cron job has no releases to tell apart', () => {
    const { matchLabelKeys: _, ...plain } = zone;
    expect(constraints(cronJob('schedule: "@daily"'))).toEqual([plain]);
  });

  test('is left out where the spec wants none', () => {
    expect(constraints(service('spread: {zone: none}'))).toBeUndefined();
  });

  test('is a rule where the spec makes it one', () => {
    expect(constraints(service('spread: {zone: DoNotSchedule}'))).toEqual([
      { ...zone, whenUnsatisfiable: 'DoNotSchedule' },
    ]);
  });
});
