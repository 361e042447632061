import { listAt, textAt } from './json.js';
import type { LiveObject } from './json.js';

/** What keeps an HPA from scaling, in its own words (autoscaling/v2, HorizontalPodAutoscalerCondition). */
export function autoscalerProblems(hpa: LiveObject): string[] {
  return listAt(hpa, 'status', 'conditions').flatMap((condition) => {
    const concerns = ['ScalingActive', 'AbleToScale'].includes(textAt(condition, 'type') ?? '');
    if (!concerns || textAt(condition, 'status') !== 'False') return [];
    // No replicas wanted, so none to scale.
    if (textAt(condition, 'reason') === 'ScalingDisabled') return [];
    return [`HPA: ${textAt(condition, 'reason') ?? ''}: ${textAt(condition, 'message') ?? ''}`];
  });
}
