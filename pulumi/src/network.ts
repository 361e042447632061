import type { Input } from '@pulumi/pulumi';
import { nodesArePrivate } from '../../src/aws/node-groups.js';
import type { ResolvedCluster, ResolvedNodeGroup } from '../../src/model/resolved.js';
import { NewVpc, zonesOf } from './new-vpc.js';

/** Subnet ids by zone. */
export type Subnets = ReadonlyMap<string, Input<string>>;

/** The network that the cluster stands in. */
export interface Network {
  readonly vpcId: Input<string>;
  readonly privateSubnets: Subnets;
  readonly publicSubnets: Subnets;
}

/** The VPC of the spec, or a new one. */
export async function network(cluster: ResolvedCluster): Promise<Network> {
  const { id, privateSubnets = {}, publicSubnets = {} } = cluster.vpc;
  if (id === undefined) return new NewVpc(cluster, await zonesOf(cluster));
  const byZone = (subnets: Readonly<Record<string, string>>): Subnets =>
    new Map(Object.entries(subnets).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { vpcId: id, privateSubnets: byZone(privateSubnets), publicSubnets: byZone(publicSubnets) };
}

/** The subnets of a group's nodes: private ones where these have a way out, in the group's zones where it names some. */
export function nodeSubnets(
  cluster: ResolvedCluster,
  group: ResolvedNodeGroup,
  { privateSubnets, publicSubnets }: Network,
): Input<string>[] {
  const all = [...(nodesArePrivate(cluster) ? privateSubnets : publicSubnets)];
  const { availabilityZones: zones } = group;
  return all.filter(([zone]) => zones === undefined || zones.includes(zone)).map(([, id]) => id);
}
