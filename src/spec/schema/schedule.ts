import { z } from 'zod';
import { field } from './field.js';
import { duration } from './scalars.js';

export const schedule = z.union([
  z.string().min(1),
  z.strictObject({
    cron: field(z.string().min(1), { description: 'Five fields, as in crontab, or @hourly, @daily, …' }),
    timeZone: field(z.string().min(1), {
      description: 'IANA time zone.',
      default: 'Etc/UTC',
      why: 'the same everywhere, and no hour twice a year',
    }).optional(),
    concurrencyPolicy: field(z.enum(['Allow', 'Forbid', 'Replace']), {
      description: 'What happens when the last run is still going.',
      default: 'Forbid',
    }).optional(),
    startingDeadline: field(duration, { description: 'How late a run may still start.', default: '5m' }).optional(),
    activeDeadline: field(duration, { description: 'Time after which a run is stopped.', default: '1h' }).optional(),
    retries: field(z.int().min(0).max(10), { description: 'Retries of a failed run.', default: 2 }).optional(),
    successfulHistory: field(z.int().min(0), { description: 'Finished runs that are kept.', default: 3 }).optional(),
    failedHistory: field(z.int().min(0), { description: 'Failed runs that are kept.', default: 3 }).optional(),
    suspend: field(z.boolean(), { description: 'Whether no new run is started.', default: false }).optional(),
  }),
]);
