/** The AWS identity of one controller: eksctl makes the role for exactly this ServiceAccount, charts render that ServiceAccount. */
export interface ControllerRole {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Name of the IAM role, at most 64 characters (IAM's limit) because a cluster's name has at most 40. */
  readonly roleName: string;
  /** Only with `identity: irsa`: what the ServiceAccount is annotated with. */
  readonly roleArn?: string;
}

/** Every controller that calls AWS; absent where the cluster does not run it. */
export interface ControllerRoles {
  readonly clusterAutoscaler: ControllerRole;
  readonly loadBalancerController?: ControllerRole;
  /** Only with `rollouts.cloudWatch`: the one thing for which Rollouts calls AWS. */
  readonly rollouts?: ControllerRole;
  readonly ebsCsiDriver?: ControllerRole;
  readonly cloudWatchAgent?: ControllerRole;
}

/** What decides which controllers have an AWS identity, and how it is given. */
export interface ControllerRolesInput {
  /** The cluster's. */
  readonly name: string;
  readonly region: string;
  readonly accountId?: string | undefined;
  readonly identity: 'pod-identity' | 'irsa';
  readonly features: {
    readonly loadBalancerController: boolean;
    readonly ebs: boolean;
    readonly containerInsights: boolean;
  };
  readonly rolloutsCloudWatch: boolean;
}

/**
 * The AWS identities of a cluster's controllers: one source for eksctl, which makes the roles, and charts, which render the
 * ServiceAccounts. Those of the two EKS addons are named by the addons themselves: `ebs-csi-controller-sa`
 * (kubernetes-sigs/aws-ebs-csi-driver, charts/aws-ebs-csi-driver/values.yaml) and `cloudwatch-agent` in `amazon-cloudwatch`
 * (aws-observability/helm-charts, charts/amazon-cloudwatch-observability).
 */
export function controllerRoles(cluster: ControllerRolesInput): ControllerRoles {
  const role = (namespace: string, serviceAccount: string, suffix: string): ControllerRole => {
    const roleName = `${cluster.name}-${suffix}`;
    return {
      namespace,
      serviceAccount,
      roleName,
      ...(cluster.identity === 'irsa' && cluster.accountId !== undefined
        ? { roleArn: iamRoleArn({ region: cluster.region, accountId: cluster.accountId, roleName }) }
        : {}),
    };
  };
  const { loadBalancerController, ebs, containerInsights } = cluster.features;
  return {
    clusterAutoscaler: role('kube-system', 'cluster-autoscaler', 'cluster-autoscaler'),
    ...(loadBalancerController && {
      loadBalancerController: role('kube-system', 'aws-load-balancer-controller', 'load-balancer'),
    }),
    ...(cluster.rolloutsCloudWatch && { rollouts: role('argo-rollouts', 'argo-rollouts', 'argo-rollouts') }),
    ...(ebs && { ebsCsiDriver: role('kube-system', 'ebs-csi-controller-sa', 'ebs-csi-driver') }),
    ...(containerInsights && {
      cloudWatchAgent: role('amazon-cloudwatch', 'cloudwatch-agent', 'cloudwatch-agent'),
    }),
  };
}

/** ARN of an IAM role of an account, in the partition that the region belongs to (AWS General Reference, "ARN format"). */
export function iamRoleArn(role: {
  readonly region: string;
  readonly accountId: string;
  readonly roleName: string;
}): string {
  return `arn:${awsPartition(role.region)}:iam::${role.accountId}:role/${role.roleName}`;
}

/** AWS's partition of a region: China and GovCloud are worlds of their own. */
export function awsPartition(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
