import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import type { ResolvedSchedule } from './resolved.js';
import { durationSeconds } from './units.js';

/** When a cron job runs, and what happens to its runs; undefined for other kinds. */
export function resolveSchedule(fields: Fields, spec: AppSpec): ResolvedSchedule | undefined {
  if (spec.schedule === undefined) return undefined;
  const schedule = typeof spec.schedule === 'string' ? { cron: spec.schedule } : spec.schedule;
  return {
    cron: fields.value(typeof spec.schedule === 'string' ? 'schedule' : 'schedule.cron', schedule.cron),
    timeZone: fields.value('schedule.timeZone', schedule.timeZone),
    concurrencyPolicy: fields.value('schedule.concurrencyPolicy', schedule.concurrencyPolicy),
    startingDeadlineSeconds: durationSeconds(fields.value('schedule.startingDeadline', schedule.startingDeadline)),
    activeDeadlineSeconds: durationSeconds(fields.value('schedule.activeDeadline', schedule.activeDeadline)),
    retries: fields.value('schedule.retries', schedule.retries),
    successfulHistory: fields.value('schedule.successfulHistory', schedule.successfulHistory),
    failedHistory: fields.value('schedule.failedHistory', schedule.failedHistory),
    suspend: fields.value('schedule.suspend', schedule.suspend),
  };
}
