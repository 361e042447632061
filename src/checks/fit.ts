import type { Check } from './check.js';
import type { ClusterView } from './view/cluster-view.js';
import { demands } from './view/demands.js';
import { daemonOverhead, podsThatFit, roomOn } from './view/nodes.js';
import { pack, type Demand, type Packing } from './view/packing.js';
import { containerRequests, podRequests } from './view/pods.js';
import { cpuText, memoryText } from './view/quantity.js';
import { mayRunOn } from './view/scheduling.js';
import { counted, enumeration } from './view/words.js';

/**
 * The pods that some node could take: the others are what `pod-fits` and `node-for-pods` are about. None where a group's size
 * is unknown, for a sum would then be wrong.
 */
function placeable(view: ClusterView, extent: 'min' | 'max'): Demand[] {
  if (view.groups.some(({ knownTypes }) => knownTypes.length === 0)) return [];
  return demands(view, extent).filter(({ template }) => {
    const requests = podRequests(template);
    return view.groups.some((group) => {
      const [type] = group.knownTypes;
      return type !== undefined && mayRunOn(template, group) && podsThatFit(roomOn(view, group, type), requests) > 0;
    });
  });
}

function pendingText(pending: Packing['pending']): string {
  return enumeration(pending.map(({ name, count }) => `${count} of ${name}`));
}

/** Whether nodes have room for pods: one, the minimum, all. */
export const fitChecks: readonly Check[] = [
  {
    id: 'node-room',
    title: 'a node has room beside its DaemonSets',
    why: 'Every node pays for DaemonSets first; on a small type nothing, or not one pod address, is left for apps.',
    severity: 'error',
    *run(view) {
      for (const group of view.groups) {
        for (const type of group.knownTypes) {
          const room = roomOn(view, group, type);
          if (room.cpuMillis > 0 && room.memoryBytes > 0 && room.pods > 0) continue;
          const { cpuMillis, memoryBytes, pods } = daemonOverhead(view, group);
          yield {
            message: `${type.name} has no room for apps: its DaemonSets take ${cpuText(cpuMillis)} CPU, ${memoryText(memoryBytes)} and ${counted(pods, 'pod')}`,
            hint: 'choose a larger type',
            at: group.at(`instanceTypes.${group.instanceTypes.indexOf(type.name)}`),
          };
        }
      }
    },
  },
  {
    id: 'pod-fits',
    title: 'a pod’s requests fit the largest node that it may use',
    why: 'A pod that asks for more than any node has stays pending, and Cluster Autoscaler buys nothing for it.',
    severity: 'error',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        if (template.purpose === 'daemon' || template.purpose === 'analysis') continue;
        const rooms = view.groups
          .filter((group) => mayRunOn(template, group))
          .flatMap((group) => group.knownTypes.map((type) => ({ group, type, room: roomOn(view, group, type) })));
        const requests = podRequests(template);
        if (rooms.length === 0 || rooms.some(({ room }) => podsThatFit(room, requests) > 0)) continue;
        const cpuShort = rooms.every(({ room }) => room.cpuMillis < requests.cpuMillis);
        const largest = rooms.reduce((best, candidate) =>
          (
            cpuShort
              ? candidate.room.cpuMillis > best.room.cpuMillis
              : candidate.room.memoryBytes > best.room.memoryBytes
          )
            ? candidate
            : best,
        );
        const { room, type, group } = largest;
        yield {
          message: `a pod of ${view.nameOf(template.owned)} asks for ${cpuText(requests.cpuMillis)} CPU and ${memoryText(requests.memoryBytes)}, but the largest node that it may use (${type.name} of ${group.name}) leaves ${cpuText(room.cpuMillis)} and ${memoryText(room.memoryBytes)} after DaemonSets`,
          hint: `lower the requests, or give ${app.placement.capacity === 'on-demand' ? 'an on-demand group' : 'a group'} a larger type`,
          at: view.at(
            template.owned,
            cpuShort ? 'resources.cpu' : 'resources.memory',
            `${template.pointer}/containers`,
          ),
          app: app.name,
        };
      }
    },
  },
  {
    id: 'requests',
    title: 'containers state CPU and memory requests',
    why: 'The scheduler takes a pod without requests for one that needs nothing, puts it on a full node, and the kernel kills whoever is nearest; the sums of these checks leave it out, too.',
    severity: 'warning',
    *run(view) {
      for (const { app, template } of view.appTemplates()) {
        for (const container of template.containers) {
          const { cpuMillis, memoryBytes } = containerRequests(container);
          if (cpuMillis > 0 && memoryBytes > 0) continue;
          yield {
            message: `container ${container.name} of ${view.nameOf(template.owned)} states no ${enumeration([...(cpuMillis > 0 ? [] : ['CPU']), ...(memoryBytes > 0 ? [] : ['memory'])])} request`,
            hint: 'give it resources.requests, such as {cpu: 100m, memory: 128Mi}',
            at: view.atContainer(template, container, 'resources', 'resources'),
            app: app.name,
          };
        }
      }
    },
  },
  {
    id: 'minimum-fits',
    title: 'the minimum nodes carry the minimum pods, or what is bought is said',
    why: 'Nodes that must be bought at once are paid for all the time, and raising min would have them there before the pods.',
    severity: 'info',
    *run(view) {
      const { bought } = pack(view, placeable(view, 'min'));
      if (bought.length === 0) return;
      const parts = bought.map(
        ({ group, nodes }) => `${nodes} × ${group.knownTypes[0]?.name ?? group.name} in ${group.name}`,
      );
      const [first] = bought;
      yield {
        message: `the minimum pods do not fit the minimum nodes: Cluster Autoscaler will buy ${enumeration(parts)}`,
        hint:
          first === undefined
            ? 'raise min of a group'
            : `raise min of ${first.group.name} to ${first.group.min + first.nodes} to have the nodes from the start`,
        at: (first?.group ?? view.groups[0])?.at('min') ?? view.cluster.provenance.at('nodeGroups'),
      };
    },
  },
  {
    id: 'minimum-exceeds',
    title: 'all nodes together carry the minimum pods',
    why: 'Pods beyond the sum of all maxima stay pending from the first day on.',
    severity: 'error',
    *run(view) {
      const { pending } = pack(view, placeable(view, 'min'));
      if (pending.length === 0) return;
      yield {
        message: `even with every group at its max, ${pendingText(pending)} stay pending at the apps’ minimum`,
        hint: 'raise max of a group that these pods may use, or lower their requests or scale.min',
        at: view.cluster.provenance.at('nodeGroups'),
      };
    },
  },
  {
    id: 'maximum-fits',
    title: 'all nodes together carry every app at its maximum',
    why: 'An autoscaler that reaches for a maximum without nodes behind it fails at the very peak for which it was set.',
    severity: 'warning',
    *run(view) {
      if (pack(view, placeable(view, 'min')).pending.length > 0) return;
      const { pending } = pack(view, placeable(view, 'max'));
      if (pending.length === 0) return;
      yield {
        message: `with every app at its maximum and every node group at its max, ${pendingText(pending)} stay pending`,
        hint: 'raise max of a group that these pods may use, or lower scale.max',
        at: view.cluster.provenance.at('nodeGroups'),
      };
    },
  },
];
