import { z } from 'zod';
import { field } from './field.js';
import { duration } from './scalars.js';

export const schedule = z.union([
  z.string().min(1),
  z.strictObject({
    cron: field(z.string().min(1), { description: 'Five fields, as in crontab, or @hourly, @daily, …' }),
    timeZone: field(
      z.string().regex(/^(UTC|[A-Za-z]+(\/[A-Za-z0-9_+-]+)+)$/, 'an IANA time zone such as Europe/Berlin'),
      {
        description: 'IANA time zone.',
        default: 'Etc/UTC',
        why: 'the same everywhere, and no hour twice a year',
      },
    ).optional(),
    concurrencyPolicy: field(z.enum(['Allow', 'Forbid', 'Replace']), {
      description: 'What happens when the last run is still going.',
      default: 'Forbid',
      why: 'two runs of one job seldom bear each other',
    }).optional(),
    startingDeadline: field(duration, {
      description: 'How late a run may still start.',
      default: '5m',
      why: 'a run that is late by more than that can wait for the next',
    }).optional(),
    activeDeadline: field(duration, {
      description: 'Time after which a run is stopped.',
      default: '1h',
      why: 'a run that hangs must not hang for ever',
    }).optional(),
    retries: field(z.int().min(0).max(10), {
      description: 'Retries of a failed run.',
      default: 2,
      why: 'a Spot node may go under a run',
    }).optional(),
    successfulHistory: field(z.int().min(0), {
      description: 'Finished runs that are kept.',
      default: 3,
      why: 'enough to see the last nights',
    }).optional(),
    failedHistory: field(z.int().min(0), {
      description: 'Failed runs that are kept.',
      default: 3,
      why: 'enough to compare failures',
    }).optional(),
    suspend: field(z.boolean(), {
      description: 'Whether no new run is started.',
      default: false,
      why: 'a job that is written is meant to run',
    }).optional(),
  }),
]);
