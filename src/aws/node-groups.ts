import type { ResolvedCluster, ResolvedNodeGroup } from '../model/resolved.js';

interface NodeMachine {
  readonly volumeType: 'gp3';
  /** What every gp3 disk has without extra charge: operations and MiB per second. */
  readonly volumeIops: number;
  readonly volumeThroughputMiBps: number;
  readonly volumeEncrypted: boolean;
  readonly metadataHops: number;
}

/** What all nodes have in common: an encrypted disk, IMDSv2 alone. */
export const nodeMachine: NodeMachine = {
  volumeType: 'gp3',
  volumeIops: 3000,
  volumeThroughputMiBps: 125,
  volumeEncrypted: true,
  /**
   * Two, so that pods off the host's network may ask for region and VPC (Load Balancer Controller, CloudWatch agent). Pods of apps
   * are kept from it by their NetworkPolicies.
   */
  metadataHops: 2,
};

/** What EKS may take away at once from a managed group: its own default, one node, its pods evicted under their PodDisruptionBudgets. */
export const updateMaxUnavailable = 1;

/** A zone that comes back must not cost running pods their nodes: Auto Scaling would terminate some elsewhere, unannounced. */
export const suspendedProcesses = ['AZRebalance'] as const;

/** What an Auto Scaling group of our own buys. */
export interface InstancesDistribution {
  readonly onDemandBaseCapacity: number;
  readonly onDemandPercentageAboveBaseCapacity: number;
  readonly spotAllocationStrategy?: 'price-capacity-optimized';
  readonly capacityRebalance?: boolean;
}

/** On-demand alone or Spot alone, never a mixture: Cluster Autoscaler chooses between groups, not within one. */
export function instancesDistribution({ capacity }: ResolvedNodeGroup): InstancesDistribution {
  if (capacity === 'on-demand') return { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 100 };
  return {
    onDemandBaseCapacity: 0,
    // eksctl's and AWS' default is 100: a Spot group without a single Spot instance.
    onDemandPercentageAboveBaseCapacity: 0,
    // Pools with most room first, then price: fewer interruptions for little money.
    spotAllocationStrategy: 'price-capacity-optimized',
    // With it, Auto Scaling terminates nodes on a mere recommendation and asks nobody; the Node Termination Handler drains on notice.
    capacityRebalance: false,
  };
}

/**
 * Whether nodes stand in private subnets: wherever these have a way out. Nodes must reach the image registries, and of an existing VPC
 * with private subnets we take it that they do.
 */
export function nodesArePrivate({ vpc: network }: Pick<ResolvedCluster, 'vpc'>): boolean {
  if (network.privateSubnets !== undefined) return true;
  if (network.id !== undefined || network.publicSubnets !== undefined) return false;
  return network.nat !== 'Disable';
}
