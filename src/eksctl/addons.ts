import { addons as addonsOf, vpcCni } from '../aws/addons.js';
import type { Addon } from '../aws/addons.js';
import { awsManagedPolicy } from '../aws/iam-policies.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { podIdentityAssociation } from './grants.js';

/** The EKS addons, all of them: eksctl adds none by itself. */
export function addons(cluster: ResolvedCluster): Record<string, unknown>[] {
  return addonsOf(cluster).map((addon) => ({
    name: addon.name,
    ...(addon.configuration !== undefined && { configurationValues: JSON.stringify(addon.configuration) }),
    ...permissions(cluster, addon),
  }));
}

/**
 * Where there is an OIDC provider, eksctl leaves the CNI's policy off the nodes' roles and gives it to aws-node alone, as stated here;
 * without one it is on the nodes whatever we say (makeManagedPolicies in pkg/cfn/builder/iam_helper.go), and an association would
 * add nothing.
 */
function permissions(cluster: ResolvedCluster, { name, grant }: Addon): Record<string, unknown> {
  if (name === vpcCni && cluster.identity === 'irsa') {
    return { attachPolicyARNs: [awsManagedPolicy(cluster, 'AmazonEKS_CNI_Policy')] };
  }
  if (grant === undefined) return {};
  if (cluster.identity === 'pod-identity') return { podIdentityAssociations: [podIdentityAssociation(grant)] };
  return grant.roleArn === undefined ? {} : { serviceAccountRoleARN: grant.roleArn };
}
