import { type InstanceType, maxPods, type NodeGroupKind } from './ec2.js';

/**
 * What an EKS node (AL2023) leaves to pods. Source: awslabs/amazon-eks-ami, nodeadm/internal/kubelet/config.go at 81fec2e (2026-07-23):
 * getCPUMillicoresToReserve, getMemoryMebibytesToReserve, EvictionHard.
 */
export interface Allocatable {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly pods: number;
}

/** Share of each slice of the CPU that is kept for the kubelet, in 1/10,000; `to` is where the slice ends, in millicores. */
const cpuReservation = [
  { to: 1000, share: 600 },
  { to: 2000, share: 100 },
  { to: 4000, share: 50 },
  { to: Infinity, share: 25 },
] as const;

const memoryReservation = { baseMiB: 255, perPodMiB: 11 } as const;

/** Below this the kubelet evicts pods, so the scheduler does not hand it out. */
const evictionThresholdMiB = 100;

/**
 * Share of the advertised memory that firmware and kernel take before the kubelet sees it. Not in EC2's API: this is the default
 * that aws/karpenter-provider-aws subtracts for the same reason (VM_MEMORY_OVERHEAD_PERCENT). It errs on the small side: an
 * m5.large shows about 4%. Cluster Autoscaler does not subtract it when it scales a group up from zero.
 */
export const vmMemoryOverhead = 0.075;

/** CPU kept for the kubelet and the container runtime, in millicores. */
export function reservedCpuMillis(vcpus: number): number {
  const total = vcpus * 1000;
  let from = 0;
  let reserved = 0;
  for (const { to, share } of cpuReservation) {
    if (total <= from) break;
    reserved += Math.floor(((Math.min(total, to) - from) * share) / 10_000);
    from = to;
  }
  return reserved;
}

/** Memory kept for the kubelet and the container runtime, in MiB: more pods, more of it. */
export function reservedMemoryMiB(pods: number): number {
  return memoryReservation.baseMiB + memoryReservation.perPodMiB * pods;
}

/**
 * CPU, memory and pods that the scheduler may hand out on a node of this type, DaemonSets (daemonsets.ts) not yet subtracted.
 * Never more memory than the real node has, possibly a few percent less.
 */
export function allocatable(type: InstanceType, nodeGroup: NodeGroupKind = 'managed'): Allocatable {
  const pods = maxPods(type, nodeGroup);
  const seenByKubelet = Math.floor(type.memoryMiB * (1 - vmMemoryOverhead));
  return {
    cpuMillis: type.vcpus * 1000 - reservedCpuMillis(type.vcpus),
    memoryMiB: Math.max(0, seenByKubelet - reservedMemoryMiB(pods) - evictionThresholdMiB),
    pods,
  };
}

/** Labels below kubernetes.io and k8s.io that a kubelet may set on itself (k8s.io/kubelet v0.34.1, pkg/apis/well_known_labels.go). */
const kubeletLabels: readonly string[] = [
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'node.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
];

/**
 * Whether a label is kept for Kubernetes itself: a kubelet that is told to set it does not start (NodeRestriction), and eksctl
 * v0.230.0 refuses it (validateLabels in pkg/apis/eksctl.io/v1alpha5/validation.go).
 */
export function isReservedNodeLabel(key: string): boolean {
  const [prefix = '', name] = key.split('/');
  if (name === undefined || !/(^|\.)(kubernetes|k8s)\.io$/.test(prefix)) return false;
  return !kubeletLabels.includes(key) && !/(^|\.)(kubelet|node)\.kubernetes\.io$/.test(prefix);
}
