import type { ResolvedCluster } from '../model/resolved.js';

/** The VPC, new or existing, and who reaches the Kubernetes API. */
export function vpc(cluster: ResolvedCluster): Record<string, unknown> {
  const { id, cidr, nat } = cluster.vpc;
  const { endpoint } = cluster;
  return {
    ...(id !== undefined && { id }),
    // Of an existing VPC too: eksctl then makes sure that it is one of its ranges, and NetworkPolicies admit the load balancer by it.
    cidr,
    ...existingSubnets(cluster),
    // An existing VPC brings its own way out.
    nat: { gateway: id === undefined ? nat : 'Disable' },
    clusterEndpoints: { publicAccess: endpoint.public, privateAccess: endpoint.private },
    ...(endpoint.publicCidrs !== undefined && { publicAccessCIDRs: [...endpoint.publicCidrs] }),
    // What lets pods on managed and on self-managed nodes, which have different security groups, reach each other.
    manageSharedNodeSecurityGroupRules: true,
  };
}

function existingSubnets({ vpc: { privateSubnets, publicSubnets } }: ResolvedCluster): Record<string, unknown> {
  if (privateSubnets === undefined && publicSubnets === undefined) return {};
  return {
    subnets: {
      ...(privateSubnets !== undefined && { private: byZone(privateSubnets) }),
      ...(publicSubnets !== undefined && { public: byZone(publicSubnets) }),
    },
  };
}

function byZone(subnets: Readonly<Record<string, string>>): Record<string, { id: string }> {
  return Object.fromEntries(
    Object.entries(subnets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([zone, id]) => [zone, { id }]),
  );
}
