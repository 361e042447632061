import type { ClusterView } from './cluster-view.js';
import type { NodeGroup } from './groups.js';
import { text } from './json.js';
import { podsThatFit, roomOn, type NodeRoom } from './nodes.js';
import { podRequests, type PodTemplate, type Requests } from './pods.js';
import { mayRunOn } from './scheduling.js';

/** Pods of one template that want room. */
export interface Demand {
  readonly name: string;
  readonly template: PodTemplate;
  readonly count: number;
}

/** A packing of pods onto nodes, with the nodes that had to be bought. */
export interface Packing {
  /** Nodes bought beyond the minimum, by group, in the order of the groups. */
  readonly bought: readonly { readonly group: NodeGroup; readonly nodes: number }[];
  /** Pods that find no room even so. */
  readonly pending: readonly { readonly name: string; readonly count: number }[];
}

/** Nodes of one group that are reckoned with: a patch may ask for any number, and nobody has more. */
const mostNodes = 5000;

interface Node extends NodeRoom {
  readonly group: NodeGroup;
}

/**
 * First-fit decreasing onto the minimum nodes of every group, then onto nodes that Cluster Autoscaler would buy: the on-demand
 * groups up to their max, then Spot. Every node has the first type of its group, which is what the autoscaler reckons with.
 * An estimate: real pods come in another order and spread over zones.
 */
export function pack(view: ClusterView, demands: readonly Demand[]): Packing {
  const groups = view.groups
    .map((group) => ({ group, room: firstRoom(view, group) }))
    .sort((a, b) => Number(a.group.spot) - Number(b.group.spot));
  const nodes: Node[] = groups.flatMap(({ group, room }) =>
    Array.from({ length: Math.min(group.min, mostNodes) }, () => ({ ...room, group })),
  );
  const bought = new Map<NodeGroup, number>();
  const pending: { name: string; count: number }[] = [];
  for (const { name, template, count } of hardestFirst(view, demands)) {
    const requests = podRequests(template);
    const allowed = new Set(view.groups.filter((group) => mayRunOn(template, group)));
    let left = count;
    for (const [index, node] of nodes.entries()) {
      if (left === 0) break;
      if (node.pods <= 0 || !allowed.has(node.group)) continue;
      const placed = Math.min(left, podsThatFit(node, requests));
      nodes[index] = { ...less(node, requests, placed), group: node.group };
      left -= placed;
    }
    for (const { group, room } of groups) {
      const perNode = podsThatFit(room, requests);
      if (!allowed.has(group) || perNode === 0) continue;
      while (left > 0 && group.min + (bought.get(group) ?? 0) < Math.min(group.max, mostNodes)) {
        const placed = Math.min(left, perNode);
        nodes.push({ ...less(room, requests, placed), group });
        bought.set(group, (bought.get(group) ?? 0) + 1);
        left -= placed;
      }
    }
    if (left > 0) pending.push({ name, count: left });
  }
  return {
    bought: groups.flatMap(({ group }) => {
      const count = bought.get(group);
      return count === undefined ? [] : [{ group, nodes: count }];
    }),
    pending,
  };
}

function firstRoom(view: ClusterView, group: NodeGroup): NodeRoom {
  const [type] = group.knownTypes;
  return type === undefined ? { cpuMillis: 0, memoryBytes: 0, pods: 0 } : roomOn(view, group, type);
}

function less(room: NodeRoom, requests: Requests, count: number): NodeRoom {
  return {
    cpuMillis: room.cpuMillis - requests.cpuMillis * count,
    memoryBytes: room.memoryBytes - requests.memoryBytes * count,
    pods: room.pods - count,
  };
}

/** What the scheduler lets push others away comes first; then pods with fewest groups to choose from; then the largest. */
function hardestFirst(view: ClusterView, demands: readonly Demand[]): Demand[] {
  const choices = (demand: Demand) => view.groups.filter((group) => mayRunOn(demand.template, group)).length;
  const size = (demand: Demand) => {
    const { cpuMillis, memoryBytes } = podRequests(demand.template);
    return cpuMillis + memoryBytes / 2 ** 22;
  };
  return demands
    .map((demand) => ({ demand, critical: isCritical(demand), choices: choices(demand), size: size(demand) }))
    .sort(
      (a, b) =>
        Number(b.critical) - Number(a.critical) ||
        a.choices - b.choices ||
        b.size - a.size ||
        (a.demand.name < b.demand.name ? -1 : 1),
    )
    .map(({ demand }) => demand);
}

function isCritical({ template }: Demand): boolean {
  return text(template.spec['priorityClassName'])?.startsWith('system-') ?? false;
}
