import {
  instancesDistribution,
  nodeMachine,
  nodesArePrivate,
  suspendedProcesses,
  updateMaxUnavailable,
} from '../aws/node-groups.js';
import type { ResolvedCluster, ResolvedNodeGroup } from '../model/resolved.js';

/** Groups that EKS manages, and drains by itself. */
export function managedNodeGroups(cluster: ResolvedCluster): Record<string, unknown>[] {
  return cluster.nodeGroups
    .filter(({ managed }) => managed)
    .map((group) => ({
      ...identity(group),
      instanceTypes: [...group.instanceTypes],
      spot: group.capacity === 'spot',
      ...shared(cluster, group),
      // Their tags reach the launch template and EKS, but not the Auto Scaling group, of which EKS tags no more than the two that
      // discovery reads. eksctl copies them there afterwards; its own taint tag, which lacks the effect, gives way to ours of the same
      // key (propagateManagedNodeGroupTagsToASGTask in pkg/cfn/manager/nodegroup.go).
      propagateASGTags: true,
      updateConfig: { maxUnavailable: updateMaxUnavailable },
    }));
}

/**
 * Groups that are an Auto Scaling group of our own. `tags` become tags of the CloudFormation stack, which hands them to the group: what
 * Cluster Autoscaler reads is there without the addon policy of eksctl, which would give every pod of the node its permissions.
 */
export function selfManagedNodeGroups(cluster: ResolvedCluster): Record<string, unknown>[] {
  return cluster.nodeGroups
    .filter(({ managed }) => !managed)
    .map((group) => ({
      ...identity(group),
      // The first type is the one that Cluster Autoscaler reckons with, so their order stays.
      instancesDistribution: { instanceTypes: [...group.instanceTypes], ...instancesDistribution(group) },
      ...shared(cluster, group),
      // Shared by all nodes, and let in by the control plane: without them neither kubelets nor pods of this group are reached.
      securityGroups: { withShared: true, withLocal: true },
      asgSuspendProcesses: [...suspendedProcesses],
      // eksctl would write its own taint tags without their effect, twice over: the tags above hold all that is needed.
      propagateASGTags: false,
    }));
}

function identity(group: ResolvedNodeGroup): Record<string, unknown> {
  return { name: group.name, amiFamily: 'AmazonLinux2023' };
}

function shared(cluster: ResolvedCluster, group: ResolvedNodeGroup): Record<string, unknown> {
  const { availabilityZones, labels, taints, tags } = group;
  return {
    minSize: group.min,
    maxSize: group.max,
    desiredCapacity: group.min,
    ...(availabilityZones !== undefined && { availabilityZones: [...availabilityZones] }),
    privateNetworking: nodesArePrivate(cluster),
    volumeSize: group.volumeSizeGiB,
    volumeType: nodeMachine.volumeType,
    volumeIOPS: nodeMachine.volumeIops,
    volumeThroughput: nodeMachine.volumeThroughputMiBps,
    volumeEncrypted: nodeMachine.volumeEncrypted,
    // IMDSv2 only.
    disableIMDSv1: true,
    // eksctl's one word for the number of hops: two, or with it one.
    disablePodIMDS: nodeMachine.metadataHops < 2,
    ssh: { allow: false },
    labels: { ...labels },
    ...(taints.length > 0 && { taints: taints.map(({ key, value, effect }) => ({ key, value, effect })) }),
    tags: { ...tags },
    iam: { withAddonPolicies: { ...noAddonPolicies } },
  };
}

/** Whatever the node's role may do, every pod on it may do: permissions go to ServiceAccounts instead. */
const noAddonPolicies = {
  appMesh: false,
  appMeshPreview: false,
  autoScaler: false,
  awsLoadBalancerController: false,
  certManager: false,
  cloudWatch: false,
  ebs: false,
  efs: false,
  externalDNS: false,
  fsx: false,
  imageBuilder: false,
  xRay: false,
} as const;
