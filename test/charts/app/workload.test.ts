import { describe, expect, test } from '@jest/globals';
import { cronJob, pod, service, spec } from './render.js';

describe('a Deployment', () => {
  test('selects its pods by the labels that never change, and those alone', () => {
    expect(spec(service('labels: {team: a}'), 'Deployment')['selector']).toEqual({
      matchLabels: { 'app.kubernetes.io/name': 'shop' },
    });
  });

  test('rolls as the spec says', () => {
    const app = service('release: {maxSurge: 2, maxUnavailable: 10%, progressDeadline: 3m, historyLimit: 7}');
    expect(spec(app, 'Deployment')).toMatchObject({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: '10%' } },
      progressDeadlineSeconds: 180,
      revisionHistoryLimit: 7,
    });
  });

  test('has its replicas', () => {
    expect(spec(service('scale: {min: 3}'), 'Deployment')['replicas']).toBe(3);
    expect(spec(service('scale: {min: 0}'), 'Deployment')['replicas']).toBe(0);
  });

  test('leaves its replicas to the autoscaler from the start', () => {
    expect(spec(service('scale: {min: 3, max: 4}'), 'Deployment')).not.toHaveProperty('replicas');
  });
});

describe('a CronJob', () => {
  const written = `schedule:
  cron: "0 3 * * *"
  timeZone: Europe/Berlin
  concurrencyPolicy: Replace
  startingDeadline: 10m
  activeDeadline: 2h
  retries: 4
  successfulHistory: 1
  failedHistory: 2
  suspend: true`;

  test('has every field of the schedule', () => {
    expect(spec(cronJob(written), 'CronJob')).toMatchObject({
      schedule: '0 3 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 2,
      suspend: true,
      jobTemplate: { spec: { backoffLimit: 4, activeDeadlineSeconds: 7200 } },
    });
  });

  test('runs by UTC, and runs, unless the spec says otherwise', () => {
    expect(spec(cronJob('schedule: "@hourly"'), 'CronJob')).toMatchObject({
      schedule: '@hourly',
      timeZone: 'Etc/UTC',
      suspend: false,
    });
  });

  test('keeps the pod of a failed run, and does not count what a drain took', () => {
    const app = cronJob('schedule: "@daily"');
    expect(pod(app).spec['restartPolicy']).toBe('Never');
    expect(spec(app, 'CronJob')).toMatchObject({
      jobTemplate: {
        spec: {
          podFailurePolicy: {
            rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
          },
        },
      },
    });
  });

  test('labels the pods of its runs, so that the network policy holds for them', () => {
    expect(pod(cronJob('schedule: "@daily"')).metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'shop' });
  });
});
