import type { OwnedObject } from '../../model/kube-object.js';
import type { ClusterView } from './cluster-view.js';
import { dig, map } from './json.js';
import { labelSelectorMatches } from './labels.js';
import type { PodTemplate } from './pods.js';

/** The PodDisruptionBudgets that select a template's pods. */
export function budgetsOf(view: ClusterView, template: PodTemplate): OwnedObject[] {
  return view
    .inNamespace('PodDisruptionBudget', template.namespace)
    .filter(({ object }) => labelSelectorMatches(map(dig(object, 'spec', 'selector')), template.labels));
}

/**
 * Pods that a budget lets go at once when all of them are healthy. Kubernetes rounds both kinds of percentage up
 * (policy/v1, disruption controller), so that any share above 0% of one pod is one pod.
 */
export function allowedDisruptions(budget: OwnedObject, replicas: number): number {
  const spec = map(budget.object['spec']);
  if (spec['maxUnavailable'] !== undefined) return Math.min(replicas, podCount(spec['maxUnavailable'], replicas, 'up'));
  return Math.max(0, replicas - podCount(spec['minAvailable'] ?? 1, replicas, 'up'));
}

/** An IntOrString of Kubernetes as a number of pods out of `replicas`. */
export function podCount(value: unknown, replicas: number, rounding: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  if (percent === undefined) return Number(typeof value === 'string' && /^\d+$/.test(value) ? value : 0);
  const pods = (Number(percent) * replicas) / 100;
  return rounding === 'up' ? Math.ceil(pods) : Math.floor(pods);
}
