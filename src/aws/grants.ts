import type { ControllerRole } from '../model/controller-roles.js';
import type { ResolvedCluster } from '../model/resolved.js';
import type { PolicyDocument } from './iam-policies.js';
import { appPolicy, awsManagedPolicy, clusterAutoscalerPolicy, rolloutsCloudWatchPolicy } from './iam-policies.js';
import { loadBalancerControllerPolicy } from './load-balancer-policy.js';

/** AWS permissions for one ServiceAccount, however the cluster hands them out. */
export interface Grant extends ControllerRole {
  readonly policyArns?: readonly string[];
  readonly policyDocument?: PolicyDocument;
}

/** What the controllers and the apps may do. An app whose `aws` names no permission gets no role: eksctl would refuse it. */
export function workloadGrants(cluster: ResolvedCluster): Grant[] {
  const { clusterAutoscaler, loadBalancerController, rollouts } = cluster.controllerRoles;
  return [
    { ...clusterAutoscaler, policyDocument: clusterAutoscalerPolicy(cluster) },
    ...(loadBalancerController
      ? [{ ...loadBalancerController, policyDocument: loadBalancerControllerPolicy(cluster) }]
      : []),
    ...(rollouts ? [{ ...rollouts, policyDocument: rolloutsCloudWatchPolicy() }] : []),
    ...cluster.apps.flatMap((app) => appGrant(app)),
  ];
}

function appGrant({ name, namespace, aws }: ResolvedCluster['apps'][number]): Grant[] {
  if (aws === undefined) return [];
  const policyDocument = appPolicy(aws);
  if (policyDocument === undefined && aws.policies.length === 0) return [];
  return [
    {
      namespace,
      serviceAccount: name,
      roleName: aws.roleName,
      ...(aws.roleArn !== undefined && { roleArn: aws.roleArn }),
      ...(aws.policies.length > 0 && { policyArns: aws.policies }),
      ...(policyDocument !== undefined && { policyDocument }),
    },
  ];
}

/** What the addons may do that need AWS: AWS' own policies by ARN, as eksctl refuses its well-known ones in an addon's association. */
export function addonGrants(cluster: ResolvedCluster): {
  readonly ebsCsiDriver?: Grant;
  readonly cloudWatchAgent?: Grant;
} {
  const { ebsCsiDriver, cloudWatchAgent } = cluster.controllerRoles;
  return {
    ...(ebsCsiDriver && {
      ebsCsiDriver: {
        ...ebsCsiDriver,
        policyArns: [awsManagedPolicy(cluster, 'service-role/AmazonEBSCSIDriverPolicy')],
      },
    }),
    ...(cloudWatchAgent && {
      cloudWatchAgent: { ...cloudWatchAgent, policyArns: [awsManagedPolicy(cluster, 'CloudWatchAgentServerPolicy')] },
    }),
  };
}
