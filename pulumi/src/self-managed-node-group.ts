import { autoscaling, ec2, eks, iam, ssm } from '@pulumi/aws';
import type { types } from '@pulumi/aws';
import type { Cluster } from '@pulumi/eks';
import type { CustomResourceOptions, Output, Resource } from '@pulumi/pulumi';
import { all, ComponentResource, interpolate } from '@pulumi/pulumi';
import { instancesDistribution, suspendedProcesses } from '../../src/aws/node-groups.js';
import type { ResolvedCluster, ResolvedNodeGroup } from '../../src/model/resolved.js';
import { machine } from './launch-template.js';
import { imageParameter } from './machine-image.js';
import { nodeSubnets } from './network.js';
import type { Network } from './network.js';
import { nodeRole } from './node-role.js';
import { groupTags } from './tags.js';
import { userData } from './user-data.js';

/** What a group is built into. */
export interface Surroundings {
  readonly controlPlane: Cluster;
  readonly network: Network;
  /** What nodes need before they start: the addons that make them Ready. */
  readonly dependsOn: readonly Resource[];
}

/**
 * An Auto Scaling group of our own with a mixed instances policy, which @pulumi/eks has none of: Spot, drained by the Node Termination
 * Handler. Labels, taints and tags are those that eksctl's group has.
 */
export class SelfManagedNodeGroup extends ComponentResource {
  readonly autoScalingGroupName: Output<string>;

  constructor(cluster: ResolvedCluster, group: ResolvedNodeGroup, surroundings: Surroundings) {
    super('spillway:eks:SelfManagedNodeGroup', `${cluster.name}-${group.name}`);
    const inside: CustomResourceOptions = { parent: this };
    const name = `${cluster.name}-${group.name}`;
    const { controlPlane, network } = surroundings;

    const { role, attachments } = nodeRole(cluster, group.name, this);
    const profile = new iam.InstanceProfile(name, { role: role.name, tags: { ...cluster.tags } }, inside);
    // Of self-managed nodes EKS knows nothing: without it they cannot join.
    const access = new eks.AccessEntry(
      name,
      { clusterName: cluster.name, principalArn: role.arn, type: 'EC2_LINUX', tags: { ...cluster.tags } },
      { ...inside, dependsOn: [controlPlane] },
    );
    const template = new ec2.LaunchTemplate(name, launchTemplate(cluster, group, profile, controlPlane), inside);
    const asg = new autoscaling.Group(
      name,
      {
        // The priority expander knows the group by the name that eksctl would have given it (src/model/node-groups.ts).
        namePrefix: `eksctl-${cluster.name}-nodegroup-${group.name}-NodeGroup-`,
        vpcZoneIdentifiers: nodeSubnets(cluster, group, network),
        minSize: group.min,
        maxSize: group.max,
        desiredCapacity: group.min,
        mixedInstancesPolicy: mixedInstances(group, template),
        capacityRebalance: instancesDistribution(group).capacityRebalance ?? false,
        suspendedProcesses: [...suspendedProcesses],
        // A group without a single Spot node today is no failure.
        waitForCapacityTimeout: '0',
        tags: tags(cluster, group),
      },
      // From here on Cluster Autoscaler says how many.
      { ...inside, ignoreChanges: ['desiredCapacity'], dependsOn: [access, ...attachments, ...surroundings.dependsOn] },
    );
    this.autoScalingGroupName = asg.name;
    this.registerOutputs({ autoScalingGroupName: asg.name });
  }
}

function launchTemplate(
  cluster: ResolvedCluster,
  group: ResolvedNodeGroup,
  profile: iam.InstanceProfile,
  controlPlane: Cluster,
): ec2.LaunchTemplateArgs {
  const [instanceType = ''] = group.instanceTypes;
  const { eksCluster } = controlPlane;
  const details = all([
    eksCluster.endpoint,
    eksCluster.certificateAuthority.data,
    eksCluster.kubernetesNetworkConfig.serviceIpv4Cidr,
  ]);
  return {
    ...machine(cluster, group),
    instanceType,
    // Not `value`: of that Pulumi takes it that it is a secret.
    imageId: ssm.getParameterOutput({ name: imageParameter(cluster.kubernetesVersion, group) }).insecureValue,
    iamInstanceProfile: { arn: profile.arn },
    networkInterfaces: [{ deviceIndex: 0, networkCardIndex: 0, securityGroups: [controlPlane.nodeSecurityGroupId] }],
    userData: details.apply(([endpoint, certificateAuthority, serviceCidr]) =>
      userData({ name: cluster.name, endpoint, certificateAuthority, serviceCidr }, group),
    ),
  };
}

/** The first type is the one that Cluster Autoscaler reckons with, so their order stays. */
function mixedInstances(
  group: ResolvedNodeGroup,
  template: ec2.LaunchTemplate,
): types.input.autoscaling.GroupMixedInstancesPolicy {
  const { capacityRebalance: _elsewhere, ...distribution } = instancesDistribution(group);
  return {
    instancesDistribution: distribution,
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.id, version: interpolate`${template.latestVersion}` },
      overrides: group.instanceTypes.map((instanceType) => ({ instanceType })),
    },
  };
}

function tags(cluster: ResolvedCluster, group: ResolvedNodeGroup): types.input.autoscaling.GroupTag[] {
  const given = {
    Name: `${cluster.name}-${group.name}-Node`,
    [`kubernetes.io/cluster/${cluster.name}`]: 'owned',
    ...groupTags(cluster, group),
  };
  return Object.entries(given).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
}
