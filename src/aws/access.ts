import { awsPartition } from '../model/controller-roles.js';
import type { ResolvedCluster } from '../model/resolved.js';

type Access = ResolvedCluster['access'][number];

/** EKS' own access policies (EKS user guide, "Review access policy permissions"). */
const accessPolicies = {
  'cluster-admin': 'AmazonEKSClusterAdminPolicy',
  admin: 'AmazonEKSAdminPolicy',
  edit: 'AmazonEKSEditPolicy',
  view: 'AmazonEKSViewPolicy',
} as const satisfies Record<Access['policy'], string>;

/** One principal, with all that it may do. */
export interface AccessEntry {
  readonly principalArn: string;
  readonly policies: readonly {
    readonly policyArn: string;
    /** Absent: the whole cluster. */
    readonly namespaces?: readonly string[];
  }[];
}

/** Who may use the Kubernetes API: EKS takes a principal once, so the lines of one become one entry with several policies. */
export function accessEntries(cluster: ResolvedCluster): AccessEntry[] {
  const principals = [...new Set(cluster.access.map(({ principalArn }) => principalArn))];
  return principals.map((principal) => ({
    principalArn: principal,
    policies: cluster.access
      .filter(({ principalArn }) => principalArn === principal)
      .map(({ policy, namespaces }) => ({
        policyArn: `arn:${awsPartition(cluster.region)}:eks::aws:cluster-access-policy/${accessPolicies[policy]}`,
        ...(namespaces !== undefined && { namespaces }),
      })),
  }));
}
