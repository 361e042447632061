import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { load } from 'js-yaml';

import { instanceType } from '../../../src/facts/ec2.js';
import { allocatable } from '../../../src/facts/node.js';
import type { KwokNode } from '../rig/nodes.js';
import type { ClusterName } from './dist.js';

/** A node group as the rendered ClusterConfig has it, and the Auto Scaling group that would stand behind it. */
export interface NodeGroup {
  readonly name: string;
  readonly managed: boolean;
  /** As EKS or eksctl would name it; in lower case, because kwok's nodes are named after it. */
  readonly asgName: string;
  readonly min: number;
  readonly max: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  /** What a node of its first instance type leaves to pods. */
  readonly size: { readonly cpu: string; readonly memory: string; readonly pods: number };
}

interface ConfigGroup {
  readonly name: string;
  readonly instanceTypes?: readonly string[];
  readonly instancesDistribution?: { readonly instanceTypes: readonly string[] };
  readonly minSize: number;
  readonly maxSize: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: NodeGroup['taints'];
}

const folder = join(process.cwd(), 'eksctl');
const ZONES = ['us-east-1a', 'us-east-1b'] as const;

/** The node groups of eksctl/<cluster>.yaml. */
export function nodeGroups(cluster: ClusterName): NodeGroup[] {
  const config = load(readFileSync(join(folder, `${cluster}.yaml`), 'utf8')) as Record<
    string,
    readonly ConfigGroup[] | undefined
  >;
  return [
    ...(config['managedNodeGroups'] ?? []).map((group) => nodeGroup(cluster, group, true)),
    ...(config['nodeGroups'] ?? []).map((group) => nodeGroup(cluster, group, false)),
  ];
}

/** The group of that name. */
export function nodeGroupNamed(cluster: ClusterName, name: string): NodeGroup {
  const found = nodeGroups(cluster).find((group) => group.name === name);
  if (found === undefined) throw new Error(`eksctl/${cluster}.yaml has no node group ${name}`);
  return found;
}

/** So many nodes of each group, spread over two zones: `nodesOfGroups('prod', { base: 2, burst: 1 })`. */
export function nodesOfGroups(cluster: ClusterName, counts: Readonly<Record<string, number>>): KwokNode[] {
  return Object.entries(counts).flatMap(([name, count]) => {
    const group = nodeGroupNamed(cluster, name);
    return Array.from({ length: count }, (_, i) => nodeOfGroup(group, `${name}-${i + 1}`, ZONES[i % ZONES.length]));
  });
}

/** A node as it would join from that group. */
export function nodeOfGroup(group: NodeGroup, name: string, zone: string = ZONES[0]): KwokNode {
  const own = group.managed
    ? { 'eks.amazonaws.com/nodegroup': group.name }
    : { 'alpha.eksctl.io/nodegroup-name': group.name };
  return {
    name,
    zone,
    ...group.size,
    labels: { ...group.labels, ...own },
    taints: [...group.taints],
    group: group.asgName,
  };
}

function nodeGroup(cluster: string, group: ConfigGroup, managed: boolean): NodeGroup {
  const first = (group.instanceTypes ?? group.instancesDistribution?.instanceTypes ?? [])[0] ?? '';
  const type = instanceType(first);
  if (type === undefined) throw new Error(`node group ${group.name}: no instance type ${first}`);
  const { cpuMillis, memoryMiB, pods } = allocatable(type, managed ? 'managed' : 'self-managed');
  return {
    name: group.name,
    managed,
    asgName: managed
      ? `eks-${group.name}-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d`
      : `eksctl-${cluster}-nodegroup-${group.name}-nodegroup-1a2b3c4d5e6f`,
    min: group.minSize,
    max: group.maxSize,
    labels: group.labels ?? {},
    taints: group.taints ?? [],
    size: { cpu: `${cpuMillis}m`, memory: `${memoryMiB}Mi`, pods },
  };
}
