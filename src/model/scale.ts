import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import type { ResolvedMetric, ResolvedScale, ResolvedScalingDirection } from './resolved.js';
import { durationSeconds, percentOf } from './units.js';

type ScaleSpec = NonNullable<AppSpec['scale']>;
type MetricSpec = NonNullable<ScaleSpec['metrics']>[number];
type DirectionSpec = NonNullable<ScaleSpec['up']>;

function resourceMetric(kind: 'cpu' | 'memory', target: string | number): ResolvedMetric {
  const text = String(target);
  return text.endsWith('%') ? { kind, utilizationPercent: percentOf(text) } : { kind, averageValue: text };
}

function resolveMetric(spec: MetricSpec): ResolvedMetric {
  if ('cpu' in spec) return resourceMetric('cpu', spec.cpu);
  if ('memory' in spec) return resourceMetric('memory', spec.memory);
  if ('pods' in spec) {
    const { metric, average, selector } = spec.pods;
    return { kind: 'pods', metric, averageValue: String(average), ...(selector === undefined ? {} : { selector }) };
  }
  const { metric, average, value, selector } = spec.external;
  return {
    kind: 'external',
    metric,
    ...(average === undefined ? {} : { averageValue: String(average) }),
    ...(value === undefined ? {} : { value: String(value) }),
    ...(selector === undefined ? {} : { selector }),
  };
}

function resolveDirection(
  fields: Fields,
  direction: 'up' | 'down',
  spec: DirectionSpec | undefined,
): ResolvedScalingDirection {
  return {
    stabilizationWindowSeconds: durationSeconds(
      fields.value(`scale.${direction}.stabilizationWindow`, spec?.stabilizationWindow),
    ),
    selectPolicy: fields.value(`scale.${direction}.select`, spec?.select),
    policies: (spec?.policies ?? []).map((policy) => ({
      type: policy.pods === undefined ? 'Percent' : 'Pods',
      value: policy.pods ?? policy.percent ?? 0,
      periodSeconds: durationSeconds(policy.period),
    })),
    ...(spec?.tolerance === undefined ? {} : { tolerance: spec.tolerance }),
  };
}

/** How many pods; an HPA where `max` is above `min`. Cron jobs count the one pod of a run. */
export function resolveScale(fields: Fields, spec: AppSpec, production: boolean): ResolvedScale {
  const scale = spec.scale ?? {};
  if (spec.kind === 'cronjob') {
    const unused = { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [] } as const;
    return { min: 1, max: 1, autoscaled: false, metrics: [], up: unused, down: unused };
  }
  const standing = production ? 2 : 1;
  // A max below the standing minimum says plainly enough how many are wanted.
  const min = fields.value('scale.min', scale.min, Math.min(standing, scale.max ?? standing));
  const max = fields.value('scale.max', scale.max, Math.max(min, 1));
  // An app of 0 pods is switched off; an HPA would neither accept the number (HPAScaleToZero is off) nor leave it alone.
  const autoscaled = min > 0 && max > min;
  const others = [
    ...(scale.memory === undefined ? [] : [resourceMetric('memory', fields.value('scale.memory', scale.memory))]),
    ...(scale.metrics ?? []).map(resolveMetric),
  ];
  const wantsCpu = scale.cpu !== undefined || (autoscaled && others.length === 0);
  const cpu = wantsCpu ? [resourceMetric('cpu', fields.value('scale.cpu', scale.cpu, '70%'))] : [];
  if (scale.metrics !== undefined) fields.value('scale.metrics', scale.metrics);
  return {
    min,
    max,
    autoscaled,
    metrics: [...cpu, ...others],
    up: resolveDirection(fields, 'up', scale.up),
    down: resolveDirection(fields, 'down', scale.down),
  };
}
