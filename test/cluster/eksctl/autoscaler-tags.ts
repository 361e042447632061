import type { RecordedGroup } from './groups.js';

const PREFIX = 'k8s.io/cluster-autoscaler';

/**
 * What Cluster Autoscaler 1.35.2 would take from a group's tags: whether it finds the group, and what a node of the empty group has
 * (aws_manager.go: extractLabelsFromAsg, extractTaintsFromAsg, which drops a taint without its effect).
 */
export interface SeenByAutoscaler {
  readonly discovered: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** "key=value:Effect". */
  readonly taints: readonly string[];
  readonly resources: Readonly<Record<string, string>>;
}

/** The tags as Cluster Autoscaler reads them. */
export function seenByAutoscaler({ autoScalingGroupTags: tags }: RecordedGroup, cluster: string): SeenByAutoscaler {
  const below = (kind: string): [string, string][] =>
    Object.entries(tags)
      .filter(([key]) => key.startsWith(`${PREFIX}/node-template/${kind}/`))
      .map(([key, value]): [string, string] => [key.slice(`${PREFIX}/node-template/${kind}/`.length), value])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    discovered: `${PREFIX}/enabled` in tags && `${PREFIX}/${cluster}` in tags,
    labels: Object.fromEntries(below('label')),
    taints: below('taint')
      .filter(([, value]) => /^(.*):(NoSchedule|NoExecute|PreferNoSchedule)$/.test(value))
      .map(([key, value]) => `${key}=${value}`),
    resources: Object.fromEntries(below('resources')),
  };
}
