/** Ranges of the subnets of a new VPC, one of each kind for each zone. */
export interface SubnetRanges {
  readonly public: readonly string[];
  readonly private: readonly string[];
}

/**
 * Cuts a range into eight equal parts (sixteen for more than four zones), as eksctl does (pkg/vpc/vpc.go at v0.230.0): public subnets
 * come first, private ones after them.
 */
export function subnetRanges(cidr: string, zones: number): SubnetRanges {
  const [address = '', prefix = ''] = cidr.split('/');
  const cuts = zones > 4 ? 4 : 3;
  const length = Number(prefix) + cuts;
  const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const part = (index: number): string => `${dotted(start + index * 2 ** (32 - length))}/${length}`;
  const count = Array.from({ length: zones }, (_, index) => index);
  return { public: count.map(part), private: count.map((index) => part(zones + index)) };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}
