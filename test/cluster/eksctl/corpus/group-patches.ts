import { eksctl } from '../../../checks/cases/case.js';
import { account, del, one, set, type CorpusCase } from './case.js';
/** The self-managed Spot group. */
const B = '/nodeGroups/0';
const manyTypes = Array.from({ length: 21 }, (_, index) => `m${index}.large`).join(', ');

/** Patches of node groups that break eksctl’s rules, or do not. */
export const groupPatchCases: readonly CorpusCase[] = [
  one('a text where a number belongs', 'cluster-config-schema', 'cannot unmarshal string', set(`${B}/maxSize`, '"20"')),
  one(
    'a node group without a name',
    'asg-priority,cluster-config-rules,cluster-config-schema',
    'nodeGroups[0].name must be set',
    del(`${B}/name`),
  ),
  one(
    'an empty name of a node group',
    'asg-priority,cluster-config-rules',
    'nodeGroups[0].name must be set',
    set(`${B}/name`, '""'),
  ),
  one(
    'a node group name with a dot',
    'asg-priority,cluster-config-rules',
    'validation for bur.st failed, name must',
    set(`${B}/name`, 'bur.st'),
  ),
  one(
    'both groups of one name',
    'asg-priority,cluster-config-rules,spot-purchase',
    'managedNodeGroups[0].name "base" is not',
    set(`${B}/name`, 'base'),
  ),
  one('min above max, by a patch', 'node-group-size', '', set(`${B}/minSize`, '30')),
  one('desired above max, self-managed', 'node-group-size', '', set(`${B}/desiredCapacity`, '30')),
  one('max below 0', 'node-group-size', '', set(`${B}/maxSize`, '-1')),
  one(
    'instanceType beside a distribution',
    'cluster-config-rules',
    'instanceType should be "mixed" or unset',
    set(`${B}/instanceType`, 'm5.large'),
  ),
  one('instanceType mixed beside a distribution', '', '', set(`${B}/instanceType`, 'mixed')),
  one(
    'a distribution without types',
    'cluster-config-rules',
    'at least two instance types have to be',
    set(`${B}/instancesDistribution/instanceTypes`, '[]'),
  ),
  one(
    '21 types',
    'cluster-config-rules,instance-type',
    'mixed nodegroups should have between 1 and',
    set(`${B}/instancesDistribution/instanceTypes`, `[${manyTypes}]`),
  ),
  one(
    'on-demand base below 0',
    'cluster-config-rules',
    'onDemandBaseCapacity should be 0 or more',
    set(`${B}/instancesDistribution/onDemandBaseCapacity`, '-1'),
  ),
  one(
    '101 % on-demand',
    'cluster-config-rules,drain-handler,node-lifecycle-label,spot-purchase,spot-taint',
    'percentageAboveBase should be between 0 and',
    set(`${B}/instancesDistribution/onDemandPercentageAboveBaseCapacity`, '101'),
  ),
  one(
    'no share, so eksctl’s 100 % on-demand',
    'drain-handler,node-lifecycle-label,spot-purchase,spot-taint',
    '',
    del(`${B}/instancesDistribution/onDemandPercentageAboveBaseCapacity`),
  ),
  one(
    'a strategy that there is not',
    'cluster-config-rules',
    'spotAllocationStrategy should be one of:',
    set(`${B}/instancesDistribution/spotAllocationStrategy`, 'cheapest'),
  ),
  one(
    'pools with capacity-optimized',
    'cluster-config-rules',
    'spotInstancePools cannot be specified when',
    eksctl(
      `{op: add, path: ${B}/instancesDistribution/spotAllocationStrategy, value: capacity-optimized}`,
      `{op: add, path: ${B}/instancesDistribution/spotInstancePools, value: 2}`,
    ),
  ),
  one(
    '21 pools',
    'cluster-config-rules',
    'spotInstancePools should be between 1 and 20',
    eksctl(
      `{op: add, path: ${B}/instancesDistribution/spotAllocationStrategy, value: lowest-price}`,
      `{op: add, path: ${B}/instancesDistribution/spotInstancePools, value: 21}`,
    ),
  ),
  one(
    'a taint with an effect that there is not',
    'asg-tags,spot-taint',
    'invalid taint effect: Never, unsupported',
    set(`${B}/taints/0/effect`, 'Never'),
  ),
  one(
    'a taint without a key',
    'asg-tags,cluster-config-rules',
    'taint key must be non-empty',
    set(`${B}/taints/-`, '{value: a, effect: NoSchedule}'),
  ),
  one(
    'a taint with a bad key',
    'asg-tags,cluster-config-rules',
    'invalid taint key: a b, name part must',
    set(`${B}/taints/-`, '{key: "a b", value: a, effect: NoSchedule}'),
  ),
  one(
    'a taint with a bad value',
    'asg-tags,cluster-config-rules',
    'invalid taint value: a b, a valid label',
    set(`${B}/taints/-`, '{key: a, value: "a b", effect: NoSchedule}'),
  ),
  one(
    'a label with a reserved prefix, by a patch',
    'asg-tags,node-label',
    'the following nodegroup labels are',
    set(`${B}/labels/node-role.kubernetes.io~1spot`, '"true"'),
  ),
  one(
    'Amazon Linux 2, self-managed',
    'cluster-config-rules',
    'AmazonLinux2 is not supported for',
    set(`${B}/amiFamily`, 'AmazonLinux2'),
  ),
  one('an AMI without its bootstrap command', '', '', set(`${B}/ami`, 'ami-0123456789abcdef0')),
  one(
    'docker',
    'cluster-config-rules',
    'only containerd is supported for container',
    set(`${B}/containerRuntime`, 'dockerd'),
  ),
  one(
    '2999 IOPS',
    'cluster-config-rules',
    'value for nodeGroups[0].volumeIOPS must be',
    set(`${B}/volumeIOPS`, '2999'),
  ),
  one(
    '16001 IOPS',
    'cluster-config-rules',
    'value for nodeGroups[0].volumeIOPS must be',
    set(`${B}/volumeIOPS`, '16001'),
  ),
  one(
    'throughput 124',
    'cluster-config-rules',
    'value for nodeGroups[0].volumeThroughput',
    set(`${B}/volumeThroughput`, '124'),
  ),
  one(
    'throughput of gp2',
    'cluster-config-rules',
    'nodeGroups[0].volumeThroughput is only',
    eksctl(`{op: add, path: ${B}/volumeType, value: gp2}`, `{op: remove, path: ${B}/volumeIOPS}`),
  ),
  one('IOPS of gp2', 'cluster-config-rules', 'nodeGroups[0].volumeIOPS is only', set(`${B}/volumeType`, 'gp2')),
  one(
    'gp2 as it is',
    '',
    '',
    eksctl(
      `{op: add, path: ${B}/volumeType, value: gp2}`,
      `{op: remove, path: ${B}/volumeIOPS}`,
      `{op: remove, path: ${B}/volumeThroughput}`,
    ),
  ),
  one(
    'io1 with 99 IOPS',
    'cluster-config-rules',
    'value for nodeGroups[0].volumeIOPS must be',
    eksctl(
      `{op: add, path: ${B}/volumeType, value: io1}`,
      `{op: add, path: ${B}/volumeIOPS, value: 99}`,
      `{op: remove, path: ${B}/volumeThroughput}`,
    ),
  ),
  one(
    'a disk key without encryption',
    'cluster-config-rules',
    'nodeGroups[0].volumeKmsKeyID can not be set',
    eksctl(`{op: add, path: ${B}/volumeEncrypted, value: false}`, `{op: add, path: ${B}/volumeKmsKeyID, value: abc}`),
  ),
  one(
    'encryption without a size',
    'cluster-config-rules',
    'nodeGroups[0].volumeEncrypted cannot be set',
    del(`${B}/volumeSize`),
  ),
  one(
    'IMDS off for pods, with addon policies',
    'cluster-config-rules',
    'nodeGroups[0].disablePodIMDS and',
    eksctl(
      `{op: add, path: ${B}/disablePodIMDS, value: true}`,
      `{op: add, path: ${B}/iam/withAddonPolicies/ebs, value: true}`,
    ),
  ),
  one(
    'subnets and zones of a group',
    'cluster-config-rules',
    'only one of nodeGroups[0].subnets or',
    eksctl(
      `{op: add, path: ${B}/subnets, value: [subnet-0a]}`,
      `{op: add, path: ${B}/availabilityZones, value: [us-east-1a]}`,
    ),
  ),
  one(
    'a placement group without a name',
    'cluster-config-rules',
    'nodeGroups[0].placement.groupName must be',
    set(`${B}/placement`, '{}'),
  ),
  one(
    'EFA in two zones',
    'cluster-config-rules',
    'nodeGroups[0].efaEnabled nodegroups must',
    eksctl(
      `{op: add, path: ${B}/efaEnabled, value: true}`,
      `{op: add, path: ${B}/availabilityZones, value: [us-east-1a, us-east-1b]}`,
    ),
  ),
  one(
    'two SSH keys',
    'cluster-config-rules',
    'only one of publicKeyName, publicKeyPath or',
    set(`${B}/ssh`, '{allow: true, publicKeyName: a, publicKeyPath: b}'),
  ),
  one('no SSM', 'cluster-config-rules', 'SSM agent is now built into EKS AMIs and', set(`${B}/ssh/enableSsm`, 'false')),
  one(
    'a process that Auto Scaling does not have',
    'cluster-config-rules',
    'asgSuspendProcesses contains invalid',
    set(`${B}/asgSuspendProcesses`, '[AZRebalanc]'),
  ),
  one(
    'CPU credits without a T type',
    'cluster-config-rules',
    'cpuCredits option set for nodegroup, but it',
    set(`${B}/cpuCredits`, 'unlimited'),
  ),
  one(
    'an instance for an hour',
    'cluster-config-rules',
    'maximum instance lifetime must have a',
    set(`${B}/maxInstanceLifetime`, '3600'),
  ),
  one(
    'a kubelet field that eksctl keeps',
    'cluster-config-rules',
    'cannot override "clusterDomain" in kubelet',
    set(`${B}/kubeletExtraConfig`, '{clusterDomain: example.com}'),
  ),
  one('a kubelet field', '', '', set(`${B}/kubeletExtraConfig`, '{podPidsLimit: 4096}')),
  one(
    'an instance profile beside policies',
    '',
    '',
    set(`${B}/iam/instanceProfileARN`, `"arn:aws:iam::${account}:instance-profile/a"`),
  ),
  one(
    'an instance role and its name',
    'cluster-config-rules',
    'nodeGroups[0].iam.instanceRoleARN and',
    eksctl(
      `{op: add, path: ${B}/iam/instanceRoleARN, value: "arn:aws:iam::${account}:role/a"}`,
      `{op: add, path: ${B}/iam/instanceRoleName, value: a}`,
    ),
  ),
  one(
    'a policy that is no ARN',
    'cluster-config-rules',
    'invalid ARN "mine" in',
    set(`${B}/iam/attachPolicyARNs`, '[mine]'),
  ),
  one(
    'a capacity reservation and a preference',
    'cluster-config-rules',
    'only one of CapacityReservationPreference',
    set(
      `${B}/capacityReservation`,
      '{capacityReservationPreference: open, capacityReservationTarget: {capacityReservationID: cr-1}}',
    ),
  ),
  one(
    'market options without a reservation',
    'cluster-config-rules',
    'instanceMarketOptions cannot be set without',
    set(`${B}/instanceMarketOptions`, '{marketType: capacity-block}'),
  ),
  one('an autoscaler policy on the nodes', '', '', set(`${B}/iam/withAddonPolicies/autoScaler`, 'true')),
  one('propagateASGTags of a self-managed group', '', '', set(`${B}/propagateASGTags`, 'true')),
];
