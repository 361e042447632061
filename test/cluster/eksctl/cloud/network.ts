import type { Template } from './template.js';

/** Calls EC2 at moto; a call of the query protocol is a form, and the one id of the answer is all that matters here. */
export class Ec2 {
  private readonly url: string;
  private readonly region: string;

  constructor(url: string, region: string) {
    this.url = url;
    this.region = region;
  }

  /** Makes a VPC with its range and returns its id. */
  createVpc(cidr: string): Promise<string> {
    return this.create('CreateVpc', { CidrBlock: cidr }, 'vpcId');
  }

  /** Makes a subnet of a VPC in a zone and returns its id. */
  createSubnet(vpcId: string, cidr: string, zone: string): Promise<string> {
    return this.create('CreateSubnet', { VpcId: vpcId, CidrBlock: cidr, AvailabilityZone: zone }, 'subnetId');
  }

  private async create(action: string, fields: Readonly<Record<string, string>>, id: string): Promise<string> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${this.region}/ec2/aws4_request` },
      body: new URLSearchParams({ Action: action, Version: '2016-11-15', ...fields }),
    });
    const text = await response.text();
    const found = new RegExp(`<${id}>([^<]+)</${id}>`).exec(text)?.[1];
    if (!response.ok || found === undefined) throw new Error(`${action}: ${text}`);
    return found;
  }
}

/** Makes the VPC and the subnets of a template, as eksctl asks EC2 for them when the stack is there. Logical id → id. */
export async function makeNetwork(template: Template, ec2: Ec2): Promise<ReadonlyMap<string, string>> {
  const resources = Object.entries(template.Resources);
  const ids = new Map<string, string>();
  for (const [name, { Type, Properties }] of resources)
    if (Type === 'AWS::EC2::VPC') ids.set(name, await ec2.createVpc(String(Properties['CidrBlock'])));
  for (const [name, { Type, Properties }] of resources) {
    if (Type !== 'AWS::EC2::Subnet') continue;
    const vpc = ids.get((Properties['VpcId'] as { Ref: string }).Ref) ?? '';
    ids.set(name, await ec2.createSubnet(vpc, String(Properties['CidrBlock']), String(Properties['AvailabilityZone'])));
  }
  return ids;
}
