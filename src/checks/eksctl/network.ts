import { list, map, text, type JsonMap } from '../view/json.js';
import { enumeration } from '../view/words.js';
import { isCidr, isStated, statedOf, type Refusal, type Rule } from './rule.js';

/** VPC, endpoints and address families. */
export const networkRules: Rule = function* (config) {
  const vpc = map(config['vpc']);
  yield* zones(config, vpc);
  yield* endpoints(config, vpc);
  for (const field of ['publicAccessCIDRs', 'extraCIDRs', 'extraIPv6CIDRs'])
    for (const [index, range] of list(vpc[field]).entries())
      if (!isCidr(range))
        yield {
          pointer: `/vpc/${field}/${index}`,
          message: `${JSON.stringify(range)} is no address range`,
          hint: 'write a range such as 203.0.113.0/24',
        };
  if (vpc['cidr'] !== undefined && !isCidr(vpc['cidr']))
    yield {
      pointer: '/vpc/cidr',
      message: `${JSON.stringify(vpc['cidr'])} is no address range`,
      hint: 'state vpc.cidr in the spec',
    };
  if (!isStated(vpc, 'sharedNodeSecurityGroup') && vpc['manageSharedNodeSecurityGroupRules'] === false)
    yield {
      pointer: '/vpc/manageSharedNodeSecurityGroupRules',
      message: 'the nodes’ security group is eksctl’s, but its rules are not to be',
      hint: 'leave manageSharedNodeSecurityGroupRules at true',
    };
  if (statedOf(vpc, ['securityGroup', 'controlPlaneSecurityGroupIDs']).length > 1)
    yield {
      pointer: '/vpc/securityGroup',
      message: 'the control plane’s security groups are stated twice',
      hint: 'keep controlPlaneSecurityGroupIDs',
    };
  const hostnames = text(vpc['hostnameType']);
  if (hostnames !== undefined && (!['ip-name', 'resource-name'].includes(hostnames) || isStated(vpc, 'subnets')))
    yield {
      pointer: '/vpc/hostnameType',
      message: `a VPC cannot have host names of type ${hostnames}`,
      hint: 'write ip-name or resource-name, of a new VPC only',
    };
  yield* families(config, vpc);
};

function* zones(config: JsonMap, vpc: JsonMap): Iterable<Refusal> {
  const count = list(config['availabilityZones']).length;
  if (count === 1)
    yield {
      pointer: '/availabilityZones',
      message: 'the cluster is in one zone; EKS needs two',
      hint: 'name two zones or more',
    };
  if (count > 0 && isStated(vpc, 'subnets'))
    yield {
      pointer: '/availabilityZones',
      message: 'zones and subnets are both stated',
      hint: 'take availabilityZones out: the subnets say where they are',
    };
  if (isStated(config, 'localZones') && (isStated(vpc, 'id') || map(vpc['nat'])['gateway'] === 'HighlyAvailable'))
    yield {
      pointer: '/localZones',
      message: 'local zones go with a new VPC that has one NAT gateway or none',
      hint: 'use vpc.nat: Single in the spec',
    };
}

function* endpoints(config: JsonMap, vpc: JsonMap): Iterable<Refusal> {
  const { publicAccess, privateAccess } = map(vpc['clusterEndpoints']);
  if (publicAccess === false && privateAccess === false)
    yield {
      pointer: '/vpc/clusterEndpoints',
      message: 'the Kubernetes API is neither public nor private',
      hint: 'state endpoint in the spec',
    };
  if (map(config['privateCluster'])['enabled'] === true && (publicAccess !== undefined || privateAccess !== undefined))
    yield {
      pointer: '/privateCluster',
      message: 'eksctl decides the endpoints of a private cluster itself, and vpc.clusterEndpoints are stated',
      hint: 'use endpoint: {public: false} in the spec instead of privateCluster',
    };
}

function* families(config: JsonMap, vpc: JsonMap): Iterable<Refusal> {
  const { ipFamily, serviceIPv4CIDR } = map(config['kubernetesNetworkConfig']);
  if (text(ipFamily)?.toLowerCase() === 'ipv6') {
    yield {
      pointer: '/kubernetesNetworkConfig/ipFamily',
      message: 'what is rendered is for IPv4: load balancers, NetworkPolicies and the VPC with its NAT gateway',
      hint: 'leave ipFamily: IPv4',
    };
    return;
  }
  const ipv6 = statedOf(vpc, ['ipv6Cidr', 'ipv6Pool', 'extraIPv6CIDRs']);
  if (ipv6.length > 0)
    yield {
      pointer: `/vpc/${ipv6[0] ?? ''}`,
      message: `an IPv4 cluster has no ${enumeration(ipv6)}`,
      hint: 'take it out',
    };
  if (serviceIPv4CIDR !== undefined && serviceIPv4CIDR !== '' && !isCidr(serviceIPv4CIDR))
    yield {
      pointer: '/kubernetesNetworkConfig/serviceIPv4CIDR',
      message: `${JSON.stringify(serviceIPv4CIDR)} is no address range`,
      hint: 'write a range such as 10.100.0.0/16',
    };
}
