import type { V1Taint } from '@kubernetes/client-node';

import { KWOK_NODE_ANNOTATION } from './kwok.js';

/** A node for kwok to play. Sizes are what its pods can have (allocatable), after what kubelet and system keep. */
export interface KwokNode {
  readonly name: string;
  readonly zone?: string;
  /** Kubernetes quantities. */
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly V1Taint[];
  /** The group that the Cluster Autoscaler counts it to. */
  readonly group?: string;
}

/** The Node object of it. `apply` keeps the status of a Node that it creates, so one request makes a whole node. */
export function nodeObject(node: KwokNode): object {
  const { name, zone = 'us-east-1a', cpu = '3920m', memory = '14Gi', pods = 58 } = node;
  const size = { cpu, memory, pods: String(pods), 'ephemeral-storage': '80Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': zone.slice(0, -1),
        'topology.kubernetes.io/zone': zone,
        ...node.labels,
      },
      annotations: {
        ...KWOK_NODE_ANNOTATION,
        'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
        ...(node.group === undefined ? {} : { 'cluster-autoscaler.kwok.nodegroup/name': node.group }),
      },
    },
    spec: { providerID: `kwok:${name}`, ...(node.taints === undefined ? {} : { taints: [...node.taints] }) },
    status: { capacity: size, allocatable: size },
  };
}
