import { describe, expect, test } from '@jest/globals';
import { readCronJob, readDeployment } from '../../src/live/deployment.js';
import { readRollout } from '../../src/live/rollout.js';
import { changed, recorded } from './recorded.js';

const paused = recorded('paused', 'Rollout');
const canary = { step: 2, steps: 2, weightPercent: 50, pause: 'until-promoted', pausedSince: '2026-11-23T05:05:09Z' };

describe('a Rollout', () => {
  test('that is paused says at which step, with which share, and until when', () => {
    expect(readRollout(paused, 'podinfo')).toEqual({
      ...{ kind: 'Rollout', namespace: 'podinfo', name: 'podinfo', phase: 'paused', message: 'CanaryPauseStep' },
      image: 'ghcr.io/stefanprodan/podinfo:6.9.3',
      pods: { wanted: 1, updated: 1, available: 2 },
      stableHash: '6b76c79787',
      canary,
    });
  });

  test('of which the controller has not seen the new spec is not judged by the status of the old one', () => {
    const healthy = { 'metadata.generation': 4, 'status.phase': 'Healthy', 'status.stableRS': '65d8546f54' };
    expect(readRollout(changed(paused, healthy), 'podinfo')).toMatchObject({ phase: 'progressing' });
    expect(readRollout(changed(paused, { ...healthy, 'status.observedGeneration': '4' }), 'podinfo')).toMatchObject({
      phase: 'released',
    });
  });

  test('that a person has just promoted goes on, whatever its phase says yet', () => {
    expect(readRollout(changed(paused, { 'status.pauseConditions': null }), 'podinfo').phase).toBe('progressing');
  });

  test('of which a pause has an end is paused for a time; an analysis without a result waits for a person', () => {
    const steps = { 'spec.strategy.canary.steps': [{ setWeight: 50 }, { pause: { duration: 60 } }] };
    expect(readRollout(changed(paused, steps), 'podinfo').canary?.pause).toBe('timed');
    const reason = [{ reason: 'InconclusiveAnalysis', startTime: '2026-11-23T05:05:09Z' }];
    expect(readRollout(changed(paused, { 'status.pauseConditions': reason }), 'podinfo').canary?.pause).toBe(
      'inconclusive',
    );
  });

  test.each([
    [0, 10, { step: 1, weightPercent: 10 }],
    [1, 10, { step: 2, weightPercent: 10 }],
    [2, 10, { step: 3, weightPercent: 60 }],
    [4, 10, { step: 4, weightPercent: 100 }],
  ])('at step index %i has the share that was set last', (index, first, expected) => {
    const steps = [{ setWeight: first }, { pause: {} }, { setWeight: 60 }, { pause: {} }];
    const at = {
      'spec.strategy.canary.steps': steps,
      'status.currentStepIndex': index,
      'status.pauseConditions': null,
    };
    const running = { ...at, 'status.controllerPause': false, 'status.phase': 'Progressing' };
    expect(readRollout(changed(paused, running), 'podinfo').canary).toEqual({ ...expected, steps: 4 });
  });

  test('that was aborted has failed, and no canary any more', () => {
    const message = 'RolloutAborted: Rollout aborted update to revision 2';
    const status = {
      'status.phase': 'Degraded',
      'status.message': message,
      'status.abort': true,
      'status.pauseConditions': null,
    };
    const read = readRollout(changed(paused, { ...status, 'status.controllerPause': false }), 'podinfo');
    expect(read).toMatchObject({ phase: 'failed', message, stableHash: '6b76c79787' });
    expect(read).not.toHaveProperty('canary');
  });

  test('of another make is read as far as it goes', () => {
    expect(readRollout({ status: { phase: 7, pauseConditions: 'none' }, spec: null }, 'podinfo').phase).toBe(
      'progressing',
    );
  });
});

describe('a Deployment', () => {
  const template = { spec: { containers: [{ name: 'shop', image: 'acme/shop:1.0.0' }] } };
  const deployment = {
    metadata: { namespace: 'shop', name: 'shop', generation: 3 },
    spec: { replicas: 3, template },
    status: { observedGeneration: 3, replicas: 3, updatedReplicas: 3, availableReplicas: 3 },
  };
  const phase = (changes: Readonly<Record<string, unknown>>) =>
    readDeployment(changed(deployment, changes), 'shop').phase;

  test('is released when its pods are all new, all available, and no old one is left', () => {
    expect(readDeployment(deployment, 'shop')).toMatchObject({ phase: 'released', image: 'acme/shop:1.0.0' });
    for (const changes of [
      { 'status.updatedReplicas': 2 },
      { 'status.replicas': 4 },
      { 'status.availableReplicas': 2 },
      { 'metadata.generation': 4 },
    ])
      expect(phase(changes)).toBe('progressing');
  });

  test('has failed when its deadline is over, but not by the deadline of an older spec', () => {
    const late = {
      'status.conditions': [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded', message: 'timed out' }],
    };
    expect(readDeployment(changed(deployment, late), 'shop')).toMatchObject({ phase: 'failed', message: 'timed out' });
    expect(phase({ ...late, 'metadata.generation': 4 })).toBe('progressing');
  });
});

test('a CronJob is released, with when it last succeeded', () => {
  const spec = {
    jobTemplate: { spec: { template: { spec: { containers: [{ name: 'job', image: 'acme/job:1' }] } } } },
  };
  expect(readCronJob({ spec, status: { lastSuccessfulTime: '2026-11-23T03:00:00Z' } }, 'job')).toMatchObject({
    ...{ phase: 'released', image: 'acme/job:1', message: 'last success 2026-11-23T03:00:00Z' },
  });
});
