/**
 * Cron expressions as Kubernetes' CronJob controller reads them: robfig/cron v3, ParseStandard. Five fields; Sunday is 0
 * and never 7; `?` is `*`; `5/15` counts from 5 to the end.
 */

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  {
    name: 'month',
    from: 1,
    to: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of the week', from: 0, to: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

const macros = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

const daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function numberOf(field: Field, text: string): number | undefined {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return field.from + named;
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** The values of one part of a field's list, or what is wrong with it. */
function partValues(field: Field, part: string): number[] | string {
  const [, range = '', step] = /^([^/]*)(?:\/(.*))?$/.exec(part) ?? [];
  const range_ = `from ${field.from} to ${field.to}${field.names === undefined ? '' : ` or ${field.names[0] ?? ''} to ${field.names.at(-1) ?? ''}`}`;
  if (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))
    return `the step "${step}" of the ${field.name} must be a whole number above 0`;
  let from = field.from;
  let to = field.to;
  if (range !== '*' && range !== '?') {
    const [first = '', last, rest] = range.split('-');
    const low = numberOf(field, first);
    const high = last === undefined ? (step === undefined ? low : field.to) : numberOf(field, last);
    if (low === undefined || high === undefined || rest !== undefined)
      return `the ${field.name} "${part}" must be *, a value, a range or a step, with values ${range_}`;
    if (low < field.from || high > field.to) {
      const sunday = field.to === 6 && high === 7 ? '; Sunday is 0' : '';
      return `the ${field.name} "${part}" must be ${range_}${sunday}`;
    }
    if (low > high) return `the range "${range}" of the ${field.name} ends before it starts`;
    from = low;
    to = high;
  }
  const every = Number(step ?? 1);
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => from + index * every);
}

function fieldValues(field: Field, text: string): number[] | string {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const found = partValues(field, part);
    if (typeof found === 'string') return found;
    values.push(...found);
  }
  return values;
}

/** What is wrong with a cron expression, as a sentence without a full stop; undefined where Kubernetes would run it. */
export function cronProblem(expression: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(expression)) return 'a time zone cannot stand in the schedule: write {cron, timeZone}';
  if (expression.startsWith('@')) {
    if (macros.includes(expression) || /^@every (\d+(\.\d+)?(h|m|s))+$/.test(expression)) return undefined;
    return `"${expression}" must be one of ${macros.join(', ')} or @every <duration>`;
  }
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== fields.length)
    return `"${expression}" must have five fields (minute, hour, day of the month, month, day of the week), not ${texts.length}`;
  const values: number[][] = [];
  for (const [index, field] of fields.entries()) {
    const found = fieldValues(field, texts[index] ?? '');
    if (typeof found === 'string') return found;
    values.push(found);
  }
  const [, , days = [], months = []] = values;
  // With a day of the week as well, either of the two is enough.
  const anyWeekday = /^[*?]/.test(texts[4] ?? '');
  const happens = months.some((month) => Math.min(...days) <= (daysOfMonths[month - 1] ?? 31));
  return anyWeekday && !happens ? `"${expression}" never happens: no such month has that day` : undefined;
}
