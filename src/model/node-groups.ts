import type { ClusterSpec } from '../spec/schema/cluster.js';
import type { Fields } from './fields.js';
import { nodeLifecycleLabel, spotTaint } from './node-lifecycle.js';
import type { ResolvedNodeGroup } from './resolved.js';

type NodeGroupSpec = ClusterSpec['nodeGroups'][number];

/** Higher wins in Cluster Autoscaler's priority expander; the gap leaves room for a person's own groups between. */
const expanderPriority = { 'on-demand': 50, spot: 10 } as const;

/**
 * Anchored pattern of the names that AWS and eksctl give to a group's Auto Scaling group: the expander searches unanchored,
 * so `burst` would match `burst-2` as well. EKS names a managed group's `eks-<name>-<uuid>`; eksctl 0.230.0 lets CloudFormation
 * name a self-managed one `<stack>-NodeGroup-<random>`, stack `eksctl-<cluster>-nodegroup-<name>` (pkg/cfn/manager/nodegroup.go).
 * The names hold no character that a pattern reads as anything but itself.
 */
function asgNamePattern(cluster: string, name: string, managed: boolean): string {
  return managed ? `^eks-${name}-[0-9a-f]{8}-` : `^eksctl-${cluster}-nodegroup-${name}-(?i:nodegroup)-`;
}

/** The tags of an Auto Scaling group that Cluster Autoscaler reads: discovery, and what a node of an empty group would look like. */
function autoscalerTags(
  cluster: string,
  labels: Readonly<Record<string, string>>,
  taints: ResolvedNodeGroup['taints'],
  volumeSizeGiB: number,
): Record<string, string> {
  const template = 'k8s.io/cluster-autoscaler/node-template';
  const entries: [string, string][] = [
    ['k8s.io/cluster-autoscaler/enabled', 'true'],
    [`k8s.io/cluster-autoscaler/${cluster}`, 'owned'],
    ...Object.entries(labels).map(([key, value]): [string, string] => [`${template}/label/${key}`, value]),
    // The value must hold the effect, or Cluster Autoscaler drops the taint (aws_manager.go at 1.35.2).
    ...taints.map((taint): [string, string] => [`${template}/taint/${taint.key}`, `${taint.value}:${taint.effect}`]),
    [`${template}/resources/ephemeral-storage`, `${volumeSizeGiB}Gi`],
  ];
  return Object.fromEntries(entries);
}

/** A node group with its labels, taints, tags and expander pattern, all from this one place. */
export function resolveNodeGroup(
  fields: Fields,
  cluster: string,
  spec: NodeGroupSpec,
  index: number,
): ResolvedNodeGroup {
  const path = `nodeGroups.${index}`;
  const capacity = fields.value(`${path}.capacity`, spec.capacity);
  const managed = fields.value(`${path}.managed`, spec.managed, capacity === 'on-demand');
  const volumeSizeGiB = fields.value(`${path}.volumeSize`, spec.volumeSize);
  const labels = { ...spec.labels, [nodeLifecycleLabel]: capacity };
  const taints = capacity === 'spot' ? [spotTaint] : [];
  const availabilityZones = fields.optional(`${path}.availabilityZones`, spec.availabilityZones);
  return {
    name: spec.name,
    capacity,
    managed,
    instanceTypes: fields.value(`${path}.instanceTypes`, spec.instanceTypes),
    min: fields.value(`${path}.min`, spec.min),
    max: fields.value(`${path}.max`, spec.max),
    volumeSizeGiB,
    ...(availabilityZones === undefined ? {} : { availabilityZones }),
    labels,
    taints,
    tags: { ...spec.tags, ...autoscalerTags(cluster, labels, taints, volumeSizeGiB) },
    asgNamePattern: asgNamePattern(cluster, spec.name, managed),
    expanderPriority: expanderPriority[capacity],
  };
}
