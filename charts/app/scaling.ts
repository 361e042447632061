import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp, ResolvedMetric, ResolvedScalingDirection } from '../../src/model/resolved.js';
import { addPatchable, addScalingTolerance } from '../newer-fields.js';
import { present, unlessEmpty, unlessEmptyMap } from '../present.js';
import { objectMeta } from './object-meta.js';

const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' } as const;
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' } as const;

/** The HorizontalPodAutoscaler of an app that has room between its minimum and its maximum. */
export function addAutoscaler(chart: Chart, app: ResolvedApp): void {
  const { scale } = app;
  const target = app.release.canary === undefined ? deployment : rollout;
  const manifest: unknown = k8s.KubeHorizontalPodAutoscalerV2.manifest({
    metadata: objectMeta(app),
    spec: {
      scaleTargetRef: { ...target, name: app.name },
      minReplicas: scale.min,
      maxReplicas: scale.max,
      metrics: inStableOrder(scale.metrics).map(metricSpec),
      behavior: { scaleUp: scalingRules(scale.up), scaleDown: scalingRules(scale.down) },
    },
  });
  const autoscaler = addPatchable(chart, 'autoscaler', manifest);
  if (scale.up.tolerance !== undefined) addScalingTolerance(autoscaler, 'scaleUp', scale.up.tolerance);
  if (scale.down.tolerance !== undefined) addScalingTolerance(autoscaler, 'scaleDown', scale.down.tolerance);
}

/**
 * Resource metrics first, the others as written. The API server keeps the order of the list it gets: since it stores autoscaling/v2,
 * nothing passes through v1's annotations any more, which moved CPU to the end (kubernetes#74099).
 */
function inStableOrder(metrics: readonly ResolvedMetric[]): ResolvedMetric[] {
  const isResource = ({ kind }: ResolvedMetric) => kind === 'cpu' || kind === 'memory';
  return [...metrics.filter(isResource), ...metrics.filter((metric) => !isResource(metric))];
}

function metricSpec(metric: ResolvedMetric): k8s.MetricSpecV2 {
  switch (metric.kind) {
    case 'cpu':
    case 'memory':
      return { type: 'Resource', resource: { name: metric.kind, target: resourceTarget(metric) } };
    case 'pods':
      return {
        type: 'Pods',
        pods: { metric: metricIdentifier(metric), target: averageValue(metric.averageValue) },
      };
    case 'external':
      return { type: 'External', external: { metric: metricIdentifier(metric), target: externalTarget(metric) } };
  }
}

function resourceTarget(metric: Extract<ResolvedMetric, { kind: 'cpu' | 'memory' }>): k8s.MetricTargetV2 {
  return 'utilizationPercent' in metric
    ? { type: 'Utilization', averageUtilization: metric.utilizationPercent }
    : averageValue(metric.averageValue);
}

function externalTarget(metric: Extract<ResolvedMetric, { kind: 'external' }>): k8s.MetricTargetV2 {
  if (metric.averageValue !== undefined) return averageValue(metric.averageValue);
  return present<k8s.MetricTargetV2>({
    type: 'Value',
    value: metric.value === undefined ? undefined : k8s.Quantity.fromString(metric.value),
  });
}

function averageValue(quantity: string): k8s.MetricTargetV2 {
  return { type: 'AverageValue', averageValue: k8s.Quantity.fromString(quantity) };
}

function metricIdentifier({
  metric,
  selector,
}: Extract<ResolvedMetric, { kind: 'pods' | 'external' }>): k8s.MetricIdentifierV2 {
  const matchLabels = unlessEmptyMap(selector ?? {});
  return { name: metric, ...(matchLabels && { selector: { matchLabels } }) };
}

function scalingRules(direction: ResolvedScalingDirection): k8s.HpaScalingRulesV2 {
  return present<k8s.HpaScalingRulesV2>({
    stabilizationWindowSeconds: direction.stabilizationWindowSeconds,
    selectPolicy: direction.selectPolicy,
    policies: unlessEmpty(direction.policies),
  });
}
