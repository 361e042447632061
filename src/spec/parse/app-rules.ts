import { cronProblem } from './cron.js';
import { isMap } from './merge.js';
import { fieldName } from './path.js';
import { exclusiveHint, type Problem } from './problems.js';

/** What the fields of one app's spec mean together. The spec may be wrong in other ways: each rule looks at what it needs. */
type Spec = Readonly<Record<string, unknown>>;
type Rule = (spec: Spec) => Problem[];

const has = (map: unknown, field: string): boolean => isMap(map) && Object.hasOwn(map, field);

function entries(list: unknown): { item: Spec; index: string }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => (isMap(item) ? [{ item, index: String(index) }] : []));
}

/** Two spellings of one thing: both is a mistake, and where one is needed, so is none. */
function oneOf(map: unknown, path: readonly string[], fields: readonly [string, string], needed: boolean): Problem[] {
  if (!isMap(map)) return [];
  const [first, second] = fields;
  const where = path.length === 0 ? '' : ` in \`${fieldName(path)}\``;
  if (has(map, first) && has(map, second)) {
    return [
      {
        code: 'exclusive-fields',
        message: `\`${second}\` cannot stand beside \`${first}\`${where}`,
        hint: exclusiveHint(first, path),
        path: [...path, second],
        on: 'key',
      },
    ];
  }
  if (!needed || has(map, first) || has(map, second)) return [];
  return [
    {
      code: 'missing-field',
      message: `\`${fieldName(path)}\` must hold \`${first}\` or \`${second}\``,
      path,
      on: 'key',
      absent: true,
    },
  ];
}

const shortAndLong: Rule = (spec) => {
  const metrics = has(spec['scale'], 'metrics') && isMap(spec['scale']) ? spec['scale']['metrics'] : undefined;
  return [
    ...oneOf(spec, [], ['port', 'ports'], false),
    ...oneOf(spec['ingress'], ['ingress'], ['host', 'hosts'], true),
    ...entries(spec['patches']).flatMap(({ item, index }) => oneOf(item, ['patches', index], ['merge', 'json'], true)),
    ...entries(metrics).flatMap(({ item, index }) =>
      oneOf(item['external'], ['scale', 'metrics', index, 'external'], ['average', 'value'], true),
    ),
    ...(['up', 'down'] as const).flatMap((direction) => {
      const limits = isMap(spec['scale']) ? spec['scale'][direction] : undefined;
      const policies = isMap(limits) ? limits['policies'] : undefined;
      return entries(policies).flatMap(({ item, index }) =>
        oneOf(item, ['scale', direction, 'policies', index], ['pods', 'percent'], true),
      );
    }),
  ];
};

/** Fields that mean nothing for a kind, and the reason. */
const strangers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  service: { schedule: 'only a cronjob runs on a schedule' },
  worker: {
    schedule: 'only a cronjob runs on a schedule',
    port: 'a worker has no ports',
    ports: 'a worker has no ports',
    ingress: 'a worker has no ports',
  },
  cronjob: {
    port: 'nothing calls a cronjob',
    ports: 'nothing calls a cronjob',
    ingress: 'nothing calls a cronjob',
    scale: 'a cronjob runs one pod at a time',
    release: 'the next run of a cronjob has the new version',
    disruption: 'a cronjob has no pods that must stay',
  },
};

const fieldsOfKind: Rule = (spec) => {
  const kind = spec['kind'] ?? 'service';
  const known = typeof kind === 'string' && Object.hasOwn(strangers, kind) ? strangers[kind] : undefined;
  if (known === undefined || typeof kind !== 'string') return [];
  const problems: Problem[] = Object.entries(known)
    .filter(([field]) => has(spec, field))
    .map(([field, why]) => ({
      code: 'field-not-for-kind',
      message: `\`${field}\` is not for kind ${kind}: ${why}`,
      hint: `remove it, or choose another \`kind\``,
      path: [field],
      on: 'key',
    }));
  if (kind === 'cronjob' && !has(spec, 'schedule')) {
    problems.push({
      code: 'missing-field',
      message: 'a cronjob needs `schedule`',
      hint: 'such as schedule: "0 3 * * *"',
      path: ['schedule'],
      on: 'key',
      absent: true,
    });
  }
  if (kind === 'service' && !has(spec, 'port') && !has(spec, 'ports')) {
    problems.push({
      code: 'missing-field',
      message: 'a service needs `port` or `ports`',
      hint: 'what listens on nothing is `kind: worker`',
      path: ['port'],
      on: 'key',
      absent: true,
    });
  }
  return problems;
};

const cron: Rule = (spec) => {
  const schedule = spec['schedule'];
  const [expression, path] = isMap(schedule) ? [schedule['cron'], ['schedule', 'cron']] : [schedule, ['schedule']];
  const problem = typeof expression === 'string' ? cronProblem(expression) : undefined;
  return problem === undefined
    ? []
    : [
        {
          code: 'invalid-schedule',
          message: problem,
          hint: 'five fields as in crontab, such as "0 3 * * *"',
          path,
          on: 'value',
        },
      ];
};

/** What an init container cannot have: it ends before anything could call it. */
const initContainers: Rule = (spec) =>
  entries(spec['init']).flatMap(({ item, index }) =>
    ['port', 'readiness', 'startup']
      .filter((field) => has(item, field))
      .map((field) => ({
        code: 'field-not-for-init',
        message: `\`${field}\` is not for init containers: they end before the app starts`,
        hint: 'remove it, or put the container under `sidecars`',
        path: ['init', index, field],
        on: 'key' as const,
      })),
  );

const rules: readonly Rule[] = [shortAndLong, fieldsOfKind, cron, initContainers];

/** Contradictions between the fields of an app's spec, each of them well-formed by itself. */
export function appRules(spec: Spec): Problem[] {
  return rules.flatMap((rule) => rule(spec));
}
