import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp, ResolvedSchedule } from '../../src/model/resolved.js';
import { addPatchable } from '../newer-fields.js';
import { objectMeta } from './object-meta.js';
import { addNewerPodFields, podTemplate } from './pod-template.js';

/**
 * A pod that a drain, a Spot interruption or a preemption took is replaced and not counted as a failure (stable since Kubernetes 1.31).
 * Needs restartPolicy Never.
 */
export const disruptionsDoNotCount: k8s.PodFailurePolicy = {
  rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
};

/** The CronJob of an app that runs on a schedule. */
export function addCronJob(chart: Chart, app: ResolvedApp, schedule: ResolvedSchedule): void {
  const manifest: unknown = k8s.KubeCronJob.manifest({
    metadata: objectMeta(app),
    spec: {
      schedule: schedule.cron,
      timeZone: schedule.timeZone,
      concurrencyPolicy: schedule.concurrencyPolicy,
      startingDeadlineSeconds: schedule.startingDeadlineSeconds,
      successfulJobsHistoryLimit: schedule.successfulHistory,
      failedJobsHistoryLimit: schedule.failedHistory,
      suspend: schedule.suspend,
      jobTemplate: {
        metadata: { labels: { ...app.labels } },
        // No ttlSecondsAfterFinished: the history limits above already say which runs are kept.
        spec: {
          backoffLimit: schedule.retries,
          activeDeadlineSeconds: schedule.activeDeadlineSeconds,
          podFailurePolicy: disruptionsDoNotCount,
          template: podTemplate(app, 'CronJob'),
        },
      },
    },
  });
  addNewerPodFields(addPatchable(chart, 'cron-job', manifest), app, 'CronJob');
}
