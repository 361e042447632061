import type { ResolvedCluster, ResolvedNodeGroup } from '../../src/model/resolved.js';

/** Tags of a group and of its cluster; where both have a key, the group's stays, as in eksctl. */
export function groupTags(cluster: ResolvedCluster, group: ResolvedNodeGroup): Record<string, string> {
  return { ...cluster.tags, ...group.tags };
}

/** Tags of a group's machines, disks and network interfaces: `Name` is what a person sees in EC2's list. */
export function machineTags(cluster: ResolvedCluster, group: ResolvedNodeGroup): Record<string, string> {
  return { Name: `${cluster.name}-${group.name}-Node`, ...groupTags(cluster, group) };
}
