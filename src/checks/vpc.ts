import { maxPods } from '../facts/ec2.js';
import type { Check } from './check.js';
import { enumeration } from './view/words.js';

/** Sizes that eksctl 0.230.0 takes for a VPC that it makes: it cuts the range into eight subnets (pkg/vpc/vpc.go). */
const newVpcPrefix = { widest: 16, narrowest: 24 } as const;

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1] ?? 32);
}

function ipv4(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Network and zones of the cluster. */
export const vpcChecks: readonly Check[] = [
  {
    id: 'vpc-subnets',
    title: 'an existing VPC is given with its nodes’ subnets in two zones or more',
    why: 'EKS asks for subnets in two zones; subnets without their VPC would make eksctl build a new one.',
    severity: 'error',
    *run({ cluster }) {
      const { vpc, provenance } = cluster;
      const field =
        vpc.privateSubnets === undefined && vpc.publicSubnets !== undefined ? 'publicSubnets' : 'privateSubnets';
      const zones = Object.keys(vpc[field] ?? {});
      if (vpc.id === undefined) {
        if (vpc[field] === undefined) return;
        yield {
          message: `vpc.${field} is set, but vpc.id is not: eksctl would make a new VPC`,
          hint: 'add vpc.id and vpc.cidr of the VPC that the subnets are in',
          at: provenance.atKey(`vpc.${field}`),
        };
      } else if (zones.length < 2) {
        yield {
          message: `vpc ${vpc.id} is given with subnets in ${zones.length === 0 ? 'no zone' : `zone ${zones[0] ?? ''} only`}; EKS needs two zones`,
          hint: `name a subnet for each of two or three zones under vpc.${field}`,
          at: zones.length === 0 ? provenance.at('vpc.id') : provenance.atKey(`vpc.${field}`),
        };
      }
    },
  },
  {
    id: 'vpc-cidr',
    title: 'a VPC’s range is one that eksctl and AWS take',
    why: 'eksctl cuts a new range into eight subnets and takes /16 to /24; host bits in the address are refused.',
    severity: 'error',
    *run({ cluster }) {
      const { cidr, id } = cluster.vpc;
      const prefix = prefixOf(cidr);
      const at = cluster.provenance.at('vpc.cidr');
      const size = 2 ** (32 - prefix);
      const [address = ''] = cidr.split('/');
      if (ipv4(address) % size !== 0) {
        const start = Math.floor(ipv4(address) / size) * size;
        const dotted = [24, 16, 8, 0].map((bits) => Math.floor(start / 2 ** bits) % 256).join('.');
        yield { message: `${cidr} is an address within a range, not the range`, hint: `write ${dotted}/${prefix}`, at };
      } else if (id === undefined && (prefix < newVpcPrefix.widest || prefix > newVpcPrefix.narrowest)) {
        yield {
          message: `${cidr} cannot be a new VPC: eksctl takes /${newVpcPrefix.widest} to /${newVpcPrefix.narrowest}`,
          hint: 'use a /16, such as 10.0.0.0/16: addresses cost nothing, and every pod takes one',
          at,
        };
      }
    },
  },
  {
    id: 'vpc-addresses',
    title: 'the VPC has an address for every pod',
    why: 'Pods take addresses of the VPC: when a subnet is empty, pods stay in ContainerCreating, and a VPC cannot be made larger in place.',
    severity: 'warning',
    *run({ cluster, groups }) {
      const pods = groups.reduce((sum, group) => {
        const perNode = Math.max(
          0,
          ...group.knownTypes.map((type) => maxPods(type, group.managed ? 'managed' : 'self-managed')),
        );
        return sum + group.max * (perNode + 1);
      }, 0);
      const addresses = 2 ** (32 - prefixOf(cluster.vpc.cidr));
      // eksctl cuts eight subnets, of which three zones use three private ones.
      const usable = cluster.vpc.id === undefined ? Math.floor((addresses / 8) * 3) : addresses;
      if (pods <= usable) return;
      yield {
        message: `with every node group at its max, pods and nodes take up to ${pods} addresses; ${cluster.vpc.cidr} leaves about ${usable} in the private subnets`,
        hint: 'use a larger vpc.cidr (a new VPC may be a /16), or lower max of the groups',
        at: cluster.provenance.at('vpc.cidr'),
      };
    },
  },
  {
    id: 'public-nodes',
    title: 'nodes have no public addresses',
    why: 'Without private subnets and a NAT gateway every node stands on the internet, with its security group as the only door.',
    severity: 'warning',
    *run({ cluster, groups }) {
      const open = groups.filter(({ config }) => config['privateNetworking'] === false);
      if (open.length === 0) return;
      yield {
        message: `nodes of ${enumeration(open.map(({ name }) => name))} stand in public subnets, with public addresses`,
        hint:
          cluster.vpc.id === undefined
            ? 'use vpc.nat: Single or HighlyAvailable'
            : 'name private subnets under vpc.privateSubnets',
        at: cluster.provenance.at(cluster.vpc.id === undefined ? 'vpc.nat' : 'vpc.publicSubnets'),
      };
    },
  },
  {
    id: 'availability-zone',
    title: 'zones are of the cluster’s region, and groups use zones of the cluster',
    why: 'eksctl finds no subnet for a zone that the cluster does not have.',
    severity: 'error',
    *run({ cluster, groups }) {
      const { region, provenance, availabilityZones, vpc } = cluster;
      const form = new RegExp(`^${region}(-[a-z]{3}-\\d)?[a-z]$`);
      for (const [index, zone] of (availabilityZones ?? []).entries()) {
        if (form.test(zone)) continue;
        yield {
          message: `${zone} is no zone of ${region}`,
          hint: `its zones are named ${region}a, ${region}b and so on`,
          at: provenance.at(`availabilityZones.${index}`),
        };
      }
      const subnets = vpc.privateSubnets ?? vpc.publicSubnets;
      const known = subnets === undefined ? availabilityZones : Object.keys(subnets);
      for (const group of groups) {
        for (const zone of group.zones) {
          if (form.test(zone) && (known === undefined || known.includes(zone))) continue;
          yield {
            message: form.test(zone)
              ? `node group ${group.name} is in ${zone}, which is no zone of the cluster`
              : `node group ${group.name} is in ${zone}, which is no zone of ${region}`,
            hint:
              known === undefined
                ? `zones are named ${region}a, ${region}b and so on`
                : `zones of the cluster are ${enumeration(known)}`,
            at: group.at('availabilityZones'),
          };
        }
      }
    },
  },
  {
    id: 'several-zones',
    title: 'a production cluster’s on-demand nodes are in two zones or more',
    why: 'When the one zone has an outage, so has everything.',
    severity: 'warning',
    *run({ cluster, groups }) {
      const onDemand = groups.filter(({ spot }) => !spot);
      const zones = new Set(onDemand.flatMap((group) => group.zones));
      const [group] = onDemand;
      if (
        !cluster.production ||
        group === undefined ||
        onDemand.some((candidate) => candidate.zones.length === 0) ||
        zones.size !== 1
      )
        return;
      yield {
        message: `all on-demand nodes of production cluster ${cluster.name} are in ${[...zones][0] ?? ''}`,
        hint: 'give the groups two zones or more, or leave availabilityZones out',
        at: group.at('availabilityZones'),
      };
    },
  },
];
