import { ec2, getAvailabilityZones } from '@pulumi/aws';
import type { CustomResourceOptions, Output } from '@pulumi/pulumi';
import { ComponentResource } from '@pulumi/pulumi';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { subnetRanges } from './subnet-ranges.js';

/** Zones in which EKS has no room for control planes (EKS user guide, "VPC and subnet requirements"; eksctl v0.230.0 pkg/az/az.go). */
const zonesWithoutEks = ['use1-az3', 'usw1-az2', 'cac1-az3'];

/** As many as eksctl takes. */
const zonesOfNewVpc = 3;

/** The zones of the spec, or the region's first three that EKS takes; local zones are none. */
export async function zonesOf({ availabilityZones }: ResolvedCluster): Promise<readonly string[]> {
  if (availabilityZones !== undefined) return availabilityZones;
  const { names } = await getAvailabilityZones({
    state: 'available',
    excludeZoneIds: zonesWithoutEks,
    filters: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
  });
  return names.slice(0, zonesOfNewVpc);
}

/** A VPC with a public and a private subnet in each zone, and the NAT gateways that the spec asks for. */
export class NewVpc extends ComponentResource {
  readonly vpcId: Output<string>;
  readonly publicSubnets: ReadonlyMap<string, Output<string>>;
  readonly privateSubnets: ReadonlyMap<string, Output<string>>;

  readonly #vpc: ec2.Vpc;
  readonly #cluster: ResolvedCluster;
  readonly #inside: CustomResourceOptions = { parent: this };

  constructor(cluster: ResolvedCluster, zones: readonly string[]) {
    super('spillway:network:Vpc', cluster.name);
    this.#cluster = cluster;
    this.#vpc = new ec2.Vpc(
      cluster.name,
      {
        cidrBlock: cluster.vpc.cidr,
        enableDnsHostnames: true,
        enableDnsSupport: true,
        tags: this.#tags(`${cluster.name}/VPC`),
      },
      this.#inside,
    );
    this.vpcId = this.#vpc.id;

    const ranges = subnetRanges(cluster.vpc.cidr, zones.length);
    const internet = this.#routeToInternet();
    const publics = zones.map((zone, index) => this.#subnet(zone, 'public', ranges.public[index] ?? ''));
    for (const [index, subnet] of publics.entries()) this.#use(internet, subnet, `public-${zones[index] ?? ''}`);
    const gateways = this.#natGateways(zones, publics);
    const privates = zones.map((zone, index) => {
      const subnet = this.#subnet(zone, 'private', ranges.private[index] ?? '');
      const gateway = gateways[index] ?? gateways[0];
      this.#use(this.#privateRoutes(zone, gateway), subnet, `private-${zone}`);
      return subnet;
    });

    const byZone = (subnets: readonly ec2.Subnet[]) =>
      new Map(zones.flatMap((zone, index) => (subnets[index] ? [[zone, subnets[index].id] as const] : [])));
    this.publicSubnets = byZone(publics);
    this.privateSubnets = byZone(privates);
    this.registerOutputs({ vpcId: this.vpcId });
  }

  /** The AWS Load Balancer Controller finds subnets by these tags. */
  #subnet(zone: string, kind: 'public' | 'private', cidrBlock: string): ec2.Subnet {
    const role = kind === 'public' ? 'kubernetes.io/role/elb' : 'kubernetes.io/role/internal-elb';
    return new ec2.Subnet(
      `${this.#cluster.name}-${kind}-${zone}`,
      {
        vpcId: this.#vpc.id,
        availabilityZone: zone,
        cidrBlock,
        mapPublicIpOnLaunch: kind === 'public',
        tags: { ...this.#tags(`${this.#cluster.name}/${kind}/${zone}`), [role]: '1' },
      },
      this.#inside,
    );
  }

  #routeToInternet(): ec2.RouteTable {
    const { name } = this.#cluster;
    const tags = this.#tags(`${name}/internet`);
    const gateway = new ec2.InternetGateway(name, { vpcId: this.#vpc.id, tags }, this.#inside);
    return new ec2.RouteTable(
      `${name}-public`,
      { vpcId: this.#vpc.id, routes: [{ cidrBlock: '0.0.0.0/0', gatewayId: gateway.id }], tags },
      this.#inside,
    );
  }

  /** None, one in the first zone, or one in each. */
  #natGateways(zones: readonly string[], publics: readonly ec2.Subnet[]): ec2.NatGateway[] {
    const { name, vpc } = this.#cluster;
    const count = { Disable: 0, Single: 1, HighlyAvailable: zones.length }[vpc.nat];
    return publics.slice(0, count).map((subnet, index) => {
      const zone = zones[index] ?? '';
      const tags = this.#tags(`${name}/nat/${zone}`);
      const address = new ec2.Eip(`${name}-nat-${zone}`, { domain: 'vpc', tags }, this.#inside);
      return new ec2.NatGateway(
        `${name}-${zone}`,
        { subnetId: subnet.id, allocationId: address.id, tags },
        this.#inside,
      );
    });
  }

  #privateRoutes(zone: string, gateway: ec2.NatGateway | undefined): ec2.RouteTable {
    const { name } = this.#cluster;
    return new ec2.RouteTable(
      `${name}-private-${zone}`,
      {
        vpcId: this.#vpc.id,
        routes: gateway === undefined ? [] : [{ cidrBlock: '0.0.0.0/0', natGatewayId: gateway.id }],
        tags: this.#tags(`${name}/private/${zone}`),
      },
      this.#inside,
    );
  }

  #use(table: ec2.RouteTable, subnet: ec2.Subnet, name: string): void {
    const { name: cluster } = this.#cluster;
    new ec2.RouteTableAssociation(`${cluster}-${name}`, { routeTableId: table.id, subnetId: subnet.id }, this.#inside);
  }

  #tags(name: string): Record<string, string> {
    return { Name: name, ...this.#cluster.tags };
  }
}
