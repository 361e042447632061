import { autoscaling, ec2 } from '@pulumi/aws';
import type { types } from '@pulumi/aws';
import type { Cluster } from '@pulumi/eks';
import { ManagedNodeGroup } from '@pulumi/eks';
import type { Resource } from '@pulumi/pulumi';
import { interpolate } from '@pulumi/pulumi';
import type { ResolvedCluster, ResolvedNodeGroup } from '../../src/model/resolved.js';
import { machine } from './launch-template.js';
import { managedImageType } from './machine-image.js';
import { nodeSubnets } from './network.js';
import type { Network } from './network.js';
import { nodeRole } from './node-role.js';
import { groupTags } from './tags.js';

/** How EKS writes what Kubernetes writes otherwise (EKS API reference, Taint). */
const taintEffects = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
} as const satisfies Record<ResolvedNodeGroup['taints'][number]['effect'], string>;

/** A group that EKS manages, with the tags of its Auto Scaling group that Cluster Autoscaler reads. */
export function managedNodeGroup(
  cluster: ResolvedCluster,
  group: ResolvedNodeGroup,
  { controlPlane, network, dependsOn }: { controlPlane: Cluster; network: Network; dependsOn: readonly Resource[] },
): ManagedNodeGroup {
  const name = `${cluster.name}-${group.name}`;
  const { arn: nodeRoleArn, attachments } = nodeRole(cluster, group.name);
  const template = new ec2.LaunchTemplate(name, machine(cluster, group));
  const managed = new ManagedNodeGroup(
    name,
    {
      cluster: controlPlane,
      nodeGroupName: group.name,
      version: cluster.kubernetesVersion,
      nodeRoleArn,
      subnetIds: nodeSubnets(cluster, group, network),
      amiType: managedImageType(group),
      instanceTypes: [...group.instanceTypes],
      capacityType: group.capacity === 'spot' ? 'SPOT' : 'ON_DEMAND',
      scalingConfig: { minSize: group.min, maxSize: group.max, desiredSize: group.min },
      // From here on Cluster Autoscaler says how many.
      ignoreScalingChanges: true,
      labels: { ...group.labels },
      taints: group.taints.map(({ key, value, effect }): types.input.eks.NodeGroupTaint => ({
        key,
        value,
        effect: taintEffects[effect],
      })),
      tags: groupTags(cluster, group),
      launchTemplate: { id: template.id, version: interpolate`${template.latestVersion}` },
    },
    { dependsOn: [...attachments, ...dependsOn] },
  );
  tagAutoScalingGroup(name, managed, groupTags(cluster, group));
  return managed;
}

/** EKS tags the Auto Scaling group for discovery alone; what an empty group's node would look like must be added. */
function tagAutoScalingGroup(name: string, managed: ManagedNodeGroup, tags: Readonly<Record<string, string>>): void {
  // By apply: `resources` of an output is Pulumi's own.
  const autoscalingGroupName = managed.nodeGroup
    .apply(({ resources }) => resources)
    .apply((resources) => resources[0]?.autoscalingGroups[0]?.name ?? '');
  for (const [key, value] of Object.entries(tags)) {
    // Not below the group: what stands below a component and reads it waits for itself.
    new autoscaling.Tag(`${name}-${key}`, {
      autoscalingGroupName,
      tag: { key, value, propagateAtLaunch: true },
    });
  }
}
