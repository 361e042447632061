import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedNodeGroup } from '../../src/model/resolved.js';
import type { Controller } from './controller.js';
import { objectMeta } from './controller.js';

/**
 * Which node group is bought first. Cluster Autoscaler itself does not see the soft taint of Spot nodes, and least-waste alone buys Spot
 * as readily as on-demand (measured: rig.md B.4). Name and key are its own (expander/priority/priority.go at 1.35.2); it watches the
 * ConfigMap, so that a change needs no restart.
 */
export function addPriorityExpander(
  chart: Chart,
  controller: Controller,
  nodeGroups: readonly ResolvedNodeGroup[],
): void {
  new k8s.KubeConfigMap(chart, 'priority-expander', {
    metadata: objectMeta(controller, { name: 'cluster-autoscaler-priority-expander' }),
    data: { priorities: prioritiesText(nodeGroups) },
  });
}

/**
 * The YAML that the priority expander reads: a priority, higher wins, to the patterns of Auto Scaling group names, highest first.
 * A pattern is written as a JSON string, which is a double-quoted YAML string whatever is in it.
 */
export function prioritiesText(nodeGroups: readonly ResolvedNodeGroup[]): string {
  const priorities = [...new Set(nodeGroups.map(({ expanderPriority }) => expanderPriority))].sort((a, b) => b - a);
  return priorities
    .map((priority) => {
      const patterns = nodeGroups
        .filter(({ expanderPriority }) => expanderPriority === priority)
        .map(({ asgNamePattern }) => `  - ${JSON.stringify(asgNamePattern)}\n`);
      return `${priority}:\n${patterns.sort().join('')}`;
    })
    .join('');
}
