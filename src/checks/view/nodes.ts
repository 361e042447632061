import { daemonSets } from '../../facts/daemonsets.js';
import type { InstanceType } from '../../facts/ec2.js';
import { allocatable } from '../../facts/node.js';
import type { ClusterView } from './cluster-view.js';
import { addon, type NodeGroup } from './groups.js';
import { podRequests, type Requests } from './pods.js';
import { mayRunOn } from './scheduling.js';

/** What the pods of apps and controllers may use of a node: its allocatable less what DaemonSets take. */
export interface NodeRoom extends Requests {
  readonly pods: number;
}

const mebibyte = 2 ** 20;

/** A group belongs to one view, so that its overhead is worked out once. */
const overheads = new WeakMap<NodeGroup, NodeRoom>();

/** What DaemonSets take on every node of a group: those of EKS addons, and those that are rendered here. */
export function daemonOverhead(view: ClusterView, group: NodeGroup): NodeRoom {
  const known = overheads.get(group);
  if (known !== undefined) return known;
  const overhead = sumOfDaemons(view, group);
  overheads.set(group, overhead);
  return overhead;
}

function sumOfDaemons(view: ClusterView, group: NodeGroup): NodeRoom {
  const has = (name: string) => addon(view.clusterConfig, name) !== undefined;
  const present = {
    always: true,
    'pod-identity': has('eks-pod-identity-agent'),
    observability: has('amazon-cloudwatch-observability'),
    ebs: has('aws-ebs-csi-driver'),
    // Rendered here, so counted with the objects below.
    'node-termination-handler': false,
  };
  const ofAddons = daemonSets
    .filter(({ when }) => present[when])
    .map(({ cpuMillis, memoryMiB }) => ({ cpuMillis, memoryBytes: memoryMiB * mebibyte }));
  const rendered = view.templates
    .filter((template) => template.purpose === 'daemon' && mayRunOn(template, group))
    .map(podRequests);
  const all = [...ofAddons, ...rendered];
  return {
    cpuMillis: all.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0),
    memoryBytes: all.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    pods: all.length,
  };
}

/** What a node of this type in this group has room for, DaemonSets subtracted; never below zero. */
export function roomOn(view: ClusterView, group: NodeGroup, type: InstanceType): NodeRoom {
  const node = allocatable(type, group.managed ? 'managed' : 'self-managed');
  const overhead = daemonOverhead(view, group);
  return {
    cpuMillis: Math.max(0, node.cpuMillis - overhead.cpuMillis),
    memoryBytes: Math.max(0, node.memoryMiB * mebibyte - overhead.memoryBytes),
    pods: Math.max(0, node.pods - overhead.pods),
  };
}

/** How many pods with these requests have room together. */
export function podsThatFit(room: NodeRoom, requests: Requests): number {
  const by = (available: number, wanted: number) => (wanted === 0 ? Infinity : Math.floor(available / wanted));
  return Math.min(room.pods, by(room.cpuMillis, requests.cpuMillis), by(room.memoryBytes, requests.memoryBytes));
}
