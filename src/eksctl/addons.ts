import type { ResolvedCluster } from '../model/resolved.js';
import type { Grant } from './grants.js';
import { addonGrants, podIdentityAssociation } from './grants.js';
import { awsManagedPolicy } from './iam-policies.js';

/**
 * The EKS addons, all of them: eksctl adds none by itself. No versions: eksctl then asks EKS for its default version for the
 * cluster's minor. metrics-server is not among them, since Argo CD delivers it.
 */
export function addons(cluster: ResolvedCluster): Record<string, unknown>[] {
  const { ebsCsiDriver, cloudWatchAgent } = addonGrants(cluster);
  return [
    vpcCni(cluster),
    { name: 'kube-proxy' },
    { name: 'coredns' },
    ...(cluster.identity === 'pod-identity' ? [{ name: 'eks-pod-identity-agent' }] : []),
    ...(ebsCsiDriver ? [{ name: 'aws-ebs-csi-driver', ...permissions(cluster, ebsCsiDriver) }] : []),
    ...(cloudWatchAgent
      ? [{ name: 'amazon-cloudwatch-observability', ...permissions(cluster, cloudWatchAgent) }]
      : []),
  ];
}

/**
 * Without enableNetworkPolicy, NetworkPolicies are accepted and do nothing; its schema takes a string. Where there is an OIDC provider,
 * eksctl leaves the CNI's policy off the nodes' roles and gives it to aws-node alone, as stated here; without one it is on the nodes
 * whatever we say (makeManagedPolicies in pkg/cfn/builder/iam_helper.go), and an association would add nothing.
 */
function vpcCni(cluster: ResolvedCluster): Record<string, unknown> {
  return {
    name: 'vpc-cni',
    configurationValues: JSON.stringify({ enableNetworkPolicy: 'true' }),
    ...(cluster.identity === 'irsa' && { attachPolicyARNs: [awsManagedPolicy(cluster, 'AmazonEKS_CNI_Policy')] }),
  };
}

function permissions(cluster: ResolvedCluster, grant: Grant): Record<string, unknown> {
  if (cluster.identity === 'pod-identity') return { podIdentityAssociations: [podIdentityAssociation(grant)] };
  return grant.roleArn === undefined ? {} : { serviceAccountRoleARN: grant.roleArn };
}
