import { awsPartition } from '../model/controller-roles.js';
import type { ResolvedAws, ResolvedCluster } from '../model/resolved.js';

/** An IAM policy document, as IAM writes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A document of these statements, in the only version of the language that IAM still develops. */
export function policyDocument(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** A statement that allows the actions on the resources, where the condition holds. */
export function allow(
  actions: readonly string[],
  resources: readonly string[],
  condition?: PolicyStatement['Condition'],
): PolicyStatement {
  return {
    Effect: 'Allow',
    Action: [...actions],
    Resource: [...resources],
    ...(condition !== undefined && { Condition: condition }),
  };
}

/** ARN of one of AWS' own managed policies, in the partition of the cluster. */
export function awsManagedPolicy(cluster: ResolvedCluster, name: string): string {
  return `arn:${awsPartition(cluster.region)}:iam::aws:policy/${name}`;
}

/** Writes the ARN of a service's resource in the cluster's partition and region, and in its account where that is known. */
export function arnInCluster({
  region,
  accountId,
}: Pick<ResolvedCluster, 'region' | 'accountId'>): (service: string, resource: string) => string {
  return (service, resource) => `arn:${awsPartition(region)}:${service}:${region}:${accountId ?? '*'}:${resource}`;
}

/**
 * What Cluster Autoscaler may do: the "full" list of cloudprovider/aws/README.md at cluster-autoscaler-1.35.2, in three parts.
 *
 * The two writes reach Auto Scaling groups of this cluster alone, by the tag that makes Cluster Autoscaler discover them: our own on
 * self-managed groups, EKS' on managed ones. The condition key is the global aws:ResourceTag, which both actions take (Service
 * Authorization Reference, Amazon EC2 Auto Scaling). The reads of Auto Scaling and EC2 know no resources: for them, IAM has only `*`.
 */
export function clusterAutoscalerPolicy(cluster: ResolvedCluster): PolicyDocument {
  const arn = arnInCluster(cluster);
  return policyDocument([
    allow(
      [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      ['*'],
    ),
    // Scale from zero of managed groups: their labels and taints.
    allow(['eks:DescribeNodegroup'], [arn('eks', `nodegroup/${cluster.name}/*/*`)]),
    allow(
      ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      [arn('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*')],
      { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster.name}`]: 'owned' } },
    ),
  ]);
}

/** What Argo Rollouts calls for a CloudWatch analysis (metricproviders/cloudwatch at v1.9.1); GetMetricData knows no resources. */
export function rolloutsCloudWatchPolicy(): PolicyDocument {
  return policyDocument([allow(['cloudwatch:GetMetricData'], ['*'])]);
}

/** An app's own statements; undefined where it has none. */
export function appPolicy(aws: ResolvedAws): PolicyDocument | undefined {
  if (aws.statements.length === 0) return undefined;
  return policyDocument(
    aws.statements.map(({ actions, resources, conditions }) => allow(actions, resources, conditions)),
  );
}
