import type { ControllerRole } from '../model/controller-roles.js';
import type { ResolvedCluster } from '../model/resolved.js';
import type { PolicyDocument } from './iam-policies.js';
import { appPolicy, awsManagedPolicy, clusterAutoscalerPolicy, rolloutsCloudWatchPolicy } from './iam-policies.js';

/** AWS permissions for one ServiceAccount, however the cluster hands them out. */
export interface Grant extends ControllerRole {
  readonly policyArns?: readonly string[];
  readonly policyDocument?: PolicyDocument;
  /** Lists of permissions that eksctl keeps for well-known controllers (pkg/apis/eksctl.io/v1alpha5/well_known_iam_policy.go). */
  readonly wellKnownPolicy?: 'awsLoadBalancerController';
}

/** What the controllers and the apps may do. An app whose `aws` names no permission gets no role: eksctl would refuse it. */
export function workloadGrants(cluster: ResolvedCluster): Grant[] {
  const { clusterAutoscaler, loadBalancerController, rollouts } = cluster.controllerRoles;
  return [
    { ...clusterAutoscaler, policyDocument: clusterAutoscalerPolicy(cluster) },
    ...(loadBalancerController ? [{ ...loadBalancerController, wellKnownPolicy: 'awsLoadBalancerController' as const }] : []),
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
export function addonGrants(cluster: ResolvedCluster): { readonly ebsCsiDriver?: Grant; readonly cloudWatchAgent?: Grant } {
  const { ebsCsiDriver, cloudWatchAgent } = cluster.controllerRoles;
  return {
    ...(ebsCsiDriver && { ebsCsiDriver: {
        ...ebsCsiDriver,
        policyArns: [awsManagedPolicy(cluster, 'service-role/AmazonEBSCSIDriverPolicy')],
      } }),
    ...(cloudWatchAgent && {
      cloudWatchAgent: { ...cloudWatchAgent, policyArns: [awsManagedPolicy(cluster, 'CloudWatchAgentServerPolicy')] },
    }),
  };
}

/** A grant as a Pod Identity association: a role, and the ServiceAccount that may take it. The ServiceAccount itself is not eksctl's. */
export function podIdentityAssociation(grant: Grant): Record<string, unknown> {
  const { namespace, serviceAccount, roleName, policyArns, policyDocument, wellKnownPolicy } = grant;
  return {
    namespace,
    serviceAccountName: serviceAccount,
    createServiceAccount: false,
    roleName,
    ...(policyArns !== undefined && { permissionPolicyARNs: [...policyArns] }),
    ...(policyDocument !== undefined && { permissionPolicy: policyDocument }),
    ...(wellKnownPolicy !== undefined && { wellKnownPolicies: { [wellKnownPolicy]: true } }),
  };
}

/**
 * A grant as a role that trusts one ServiceAccount (IRSA). Only the role (`roleOnly`): the ServiceAccount comes from Git, with the
 * annotation that names it.
 */
export function serviceAccountRole(grant: Grant): Record<string, unknown> {
  const { namespace, serviceAccount, roleName, policyArns, policyDocument, wellKnownPolicy } = grant;
  return {
    metadata: { name: serviceAccount, namespace },
    roleName,
    roleOnly: true,
    ...(policyArns !== undefined && { attachPolicyARNs: [...policyArns] }),
    ...(policyDocument !== undefined && { attachPolicy: policyDocument }),
    ...(wellKnownPolicy !== undefined && { wellKnownPolicies: { [wellKnownPolicy]: true } }),
  };
}
