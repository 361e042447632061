import { iam } from '@pulumi/aws';
import type { ComponentResource, Output } from '@pulumi/pulumi';
import { awsManagedPolicy } from '../../src/aws/iam-policies.js';
import { awsPartition } from '../../src/model/controller-roles.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { trust } from './trust.js';

/** Policies of AWS that every node needs; SSM so that a person can look into a node without SSH. */
const nodePolicies = [
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEKSWorkerNodePolicy',
  'AmazonSSMManagedInstanceCore',
];

/** A node role with its policies attached. */
export interface NodeRole {
  readonly role: iam.Role;
  /** What must be there before a node starts. */
  readonly attachments: readonly iam.RolePolicyAttachment[];
  readonly arn: Output<string>;
}

/**
 * The role of one group's nodes. Whatever it may do every pod on the node may do, so it holds no more than a node needs; with an OIDC
 * provider aws-node has the CNI's policy to itself (identity.ts).
 */
export function nodeRole(cluster: ResolvedCluster, group: string, parent?: ComponentResource): NodeRole {
  const name = `${cluster.name}-${group}-node`;
  const options = parent === undefined ? {} : { parent };
  const role = new iam.Role(
    name,
    { assumeRolePolicy: trust({ Service: ec2Principal(cluster) }, ['sts:AssumeRole']), tags: { ...cluster.tags } },
    options,
  );
  const policies = [...nodePolicies, ...(cluster.identity === 'pod-identity' ? ['AmazonEKS_CNI_Policy'] : [])];
  const attachments = policies.map(
    (policy) =>
      new iam.RolePolicyAttachment(
        `${name}-${policy}`,
        { role: role.name, policyArn: awsManagedPolicy(cluster, policy) },
        options,
      ),
  );
  return { role, attachments, arn: role.arn };
}

/** What EC2 is called where a role is trusted: in China otherwise (eksctl v0.230.0, ServicePrincipalPartitionMap). */
function ec2Principal({ region }: ResolvedCluster): string {
  return awsPartition(region) === 'aws-cn' ? 'ec2.amazonaws.com.cn' : 'ec2.amazonaws.com';
}
