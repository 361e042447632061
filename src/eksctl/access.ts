import { awsPartition } from '../model/controller-roles.js';
import type { ResolvedCluster } from '../model/resolved.js';

type AccessPolicyName = ResolvedCluster['access'][number]['policy'];

/** EKS' own access policies (EKS user guide, "Review access policy permissions"). */
const accessPolicies = {
  'cluster-admin': 'AmazonEKSClusterAdminPolicy',
  admin: 'AmazonEKSAdminPolicy',
  edit: 'AmazonEKSEditPolicy',
  view: 'AmazonEKSViewPolicy',
} as const satisfies Record<AccessPolicyName, string>;

/**
 * Who may use the Kubernetes API: access entries alone, no aws-auth ConfigMap. The creator is an administrator, as somebody has to apply
 * bootstrap/. eksctl takes a principal once, so the lines of one principal become one entry with several policies.
 */
export function accessConfig(cluster: ResolvedCluster): Record<string, unknown> {
  const principals = [...new Set(cluster.access.map(({ principalArn }) => principalArn))];
  const accessEntries = principals.map((principalARN) => ({
    principalARN,
    type: 'STANDARD',
    accessPolicies: cluster.access
      .filter(({ principalArn }) => principalArn === principalARN)
      .map(({ policy, namespaces }) => ({
        policyARN: `arn:${awsPartition(cluster.region)}:eks::aws:cluster-access-policy/${accessPolicies[policy]}`,
        accessScope: namespaces === undefined ? { type: 'cluster' } : { type: 'namespace', namespaces: [...namespaces] },
      })),
  }));
  return {
    authenticationMode: 'API',
    bootstrapClusterCreatorAdminPermissions: true,
    ...(accessEntries.length > 0 && { accessEntries }),
  };
}
