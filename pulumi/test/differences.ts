/** A difference between what eksctl builds and what the program builds, on purpose. A line that nothing needs any more fails the test. */
export interface ExplainedDifference {
  /** Matches paths of built.ts. */
  readonly path: RegExp;
  readonly why: string;
}

export const EXPLAINED_DIFFERENCES: readonly ExplainedDifference[] = [
  {
    path: /^(controlPlane › tags|nodeGroups › [^›]+ › (tags|autoScalingGroupTags|launchTemplate › tags › [^›]+)) › (alpha\.eksctl\.io|eksctl\.io|eksctl\.cluster\.k8s\.io)\//,
    why: 'by these tags eksctl finds again what it made; Pulumi has its state for that',
  },
  {
    path: /^nodeGroups › [^›]+ › (labels|autoScalingGroupTags › k8s\.io\/cluster-autoscaler\/node-template\/label) ?›? ?\/?alpha\.eksctl\.io\//,
    why: 'eksctl’s own node labels, and the tags that tell Cluster Autoscaler of them: nothing that is rendered selects by them',
  },
  {
    path: /^nodeGroups › [^›]+ › maxUnavailable$/,
    why: '@pulumi/eks 4.3.0 takes no updateConfig; EKS’ own default is the same 1',
  },
  {
    path: /^nodeGroups › [^›]+ › version$/,
    why: 'with a launch template @pulumi/eks leaves the version out, and the AWS provider would not notice an upgrade: it is the cluster’s, which EKS would take anyway',
  },
  {
    path: /^nodeGroups › [^›]+ › launchTemplate › securityGroups$/,
    why: 'eksctl gives self-managed nodes groups of their own and rules between those and EKS’; here all nodes share EKS’ group',
  },
  {
    path: /^(controlPlane|nodeGroups › [^›]+) › subnets › Subnet(Private|Public)3$/,
    why: 'eksctl draws two zones in us-east-1 and three elsewhere; the program takes the first three that EKS takes, unless the spec names them',
  },
];
