import table from './ec2-instance-types.json';

/**
 * EC2 instance types: size and network limits. Sources and dates, column by column, are in ec2-instance-types.json
 * (written by tools/ec2-instance-types.mjs); metal types and types without ENI limits are not in it.
 */
export interface InstanceType {
  readonly name: string;
  readonly arch: 'amd64' | 'arm64';
  readonly vcpus: number;
  /** As EC2 advertises it; the kernel sees less (see node.ts). */
  readonly memoryMiB: number;
  /** Network interfaces on the default network card. */
  readonly maxEnis: number;
  /** IPv4 addresses an interface holds, its own included. */
  readonly ipv4PerEni: number;
  readonly spotCapable: boolean;
}

/** One row, in the order of the file's `columns` (a test holds the two together). */
type Row = readonly [
  name: string,
  arch: InstanceType['arch'],
  vcpus: number,
  memoryMiB: number,
  maxEnis: number,
  ipv4PerEni: number,
  spotCapable: boolean,
];

// TypeScript reads a JSON list as a list of unions, never as tuples.
const rowsByName = new Map((table.rows as unknown as readonly Row[]).map((row) => [row[0], row]));

/** The instance type of that name, such as `m5.large`, or undefined where the table has none. */
export function instanceType(name: string): InstanceType | undefined {
  const row = rowsByName.get(name);
  if (!row) return undefined;
  const [, arch, vcpus, memoryMiB, maxEnis, ipv4PerEni, spotCapable] = row;
  return {
    name,
    arch,
    vcpus,
    memoryMiB,
    maxEnis,
    ipv4PerEni,
    spotCapable,
  };
}

/** Every name in the table, sorted. */
export function instanceTypeNames(): readonly string[] {
  return [...rowsByName.keys()];
}

/** Who runs a node group: EKS (a managed node group) or we (an Auto Scaling group of our own). */
export type NodeGroupKind = 'managed' | 'self-managed';

/** EKS lowers a managed node's limit to 110 pods, or 250 where it has more than 30 vCPUs. */
const managedPodLimit = { fewVcpus: 110, manyVcpus: 250, manyVcpusAbove: 30 } as const;

/**
 * Pods that a node of this type takes: one address each from its ENIs (the first of each ENI is the node's own), and two
 * on the host network; without prefix delegation.
 *
 * Source: awslabs/amazon-eks-ami, nodeadm/internal/kubelet/eni_max_pods.go at 81fec2e (2026-07-23), which has no upper bound. The
 * bound is EKS's own for managed node groups (EKS user guide, "maximum number on the value of maxPods"), the same numbers as in
 * the max-pods-calculator.sh that the AMI repository had until b228903. So an m5.4xlarge takes 110 pods managed, 234 self-managed.
 */
export function maxPods(type: InstanceType, nodeGroup: NodeGroupKind = 'managed'): number {
  const byAddresses = type.maxEnis * (type.ipv4PerEni - 1) + 2;
  if (nodeGroup === 'self-managed') return byAddresses;
  const { fewVcpus, manyVcpus, manyVcpusAbove } = managedPodLimit;
  return Math.min(byAddresses, type.vcpus > manyVcpusAbove ? manyVcpus : fewVcpus);
}
