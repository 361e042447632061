import { instanceType, instanceTypeNames } from '../facts/ec2.js';
import type { Check } from './check.js';
import { isReservedNodeLabel } from '../facts/node.js';
import { nodeLifecycleLabel } from '../model/node-lifecycle.js';
import { number } from './view/json.js';
import { cpuText, memoryText } from './view/quantity.js';
import { counted, didYouMean, enumeration } from './view/words.js';

const mebibyte = 2 ** 20;

/** Key and value as Kubernetes takes them (apimachinery, IsQualifiedName and IsValidLabelValue). */
function isLabel(key: string, value: string): boolean {
  const name = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
  const prefix = '[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/';
  return new RegExp(`^(${prefix})?${name}$`).test(key) && new RegExp(`^(${name})?$`).test(value);
}

/** Types that the table leaves out because EC2 states no usable limits for them. */
const metal = /\.metal(-\d+xl)?$/;

/** What must hold of each node group, and of all of them together. */
export const nodeGroupChecks: readonly Check[] = [
  {
    id: 'node-group-name',
    title: 'node groups of a cluster have different names',
    why: 'eksctl makes one CloudFormation stack per name, self-managed and managed groups alike, and refuses a second one.',
    severity: 'error',
    essential: true,
    *run({ cluster }) {
      const first = new Map<string, number>();
      for (const [index, { name }] of cluster.nodeGroups.entries()) {
        const earlier = first.get(name);
        first.set(name, earlier ?? index);
        if (earlier === undefined) continue;
        yield {
          message: `two node groups are named ${name}`,
          hint: `rename this one, such as ${name}-2; the other is in line ${cluster.provenance.at(['nodeGroups', earlier, 'name']).line}`,
          at: cluster.provenance.at(['nodeGroups', index, 'name']),
        };
      }
    },
  },
  {
    id: 'node-group-size',
    title: 'a node group’s min is at most its max, and it starts with a number between them',
    why: 'EC2 Auto Scaling refuses a group whose minimum is above its maximum, or whose desired capacity is outside of both.',
    severity: 'error',
    *run({ groups }) {
      for (const { name, min, max, config, at } of groups) {
        const desired = number(config['desiredCapacity']) ?? min;
        if (min > max) {
          yield {
            message: `node group ${name} has min ${min} above max ${max}`,
            hint: `set max to at least ${min}`,
            at: at('min', 'max'),
          };
        } else if (desired < min || desired > max) {
          yield {
            message: `node group ${name} starts with ${desired} nodes, which is not between min ${min} and max ${max}`,
            hint: 'leave desiredCapacity at min',
            at: at('desired'),
          };
        }
      }
    },
  },
  {
    id: 'on-demand-group',
    title: 'there is an on-demand node group, and it always has a node',
    why: 'Cluster Autoscaler, metrics-server and Argo CD run on on-demand nodes only; without one the autoscaler that would buy it never starts.',
    severity: 'error',
    *run({ groups, cluster }) {
      const onDemand = groups.filter((group) => !group.spot);
      if (onDemand.length === 0) {
        yield {
          message: `no node group of ${cluster.name} is on-demand, so the controllers have nowhere to run`,
          hint: 'add a group such as {name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 6}',
          at: cluster.provenance.at('nodeGroups'),
        };
      } else if (onDemand.every((group) => group.min === 0)) {
        const [group] = onDemand;
        if (group === undefined) return;
        yield {
          message: `${onDemand.length === 1 ? `on-demand group ${group.name} has` : 'all on-demand groups have'} min 0, so the autoscaler that would buy the first node has no node itself`,
          hint: `set min of ${group.name} to ${cluster.production ? 2 : 1} or more`,
          at: group.at('min'),
        };
      }
    },
  },
  {
    id: 'on-demand-minimum',
    title: 'a production cluster keeps at least two on-demand nodes',
    why: 'With one node, its loss or replacement takes every controller down at once, and overflow apps with it.',
    severity: 'warning',
    *run({ groups, cluster }) {
      const onDemand = groups.filter((group) => !group.spot);
      const total = onDemand.reduce((sum, group) => sum + group.min, 0);
      const [group] = onDemand;
      if (!cluster.production || group === undefined || total !== 1) return;
      yield {
        message: `production cluster ${cluster.name} keeps only one on-demand node`,
        hint: `set min of ${group.name} to 2, or production: false where an outage is bearable`,
        at: (onDemand.find(({ min }) => min > 0) ?? group).at('min'),
      };
    },
  },
  {
    id: 'instance-type',
    title: 'instance types exist',
    why: 'EC2 refuses an unknown type only after eksctl has spent a quarter of an hour on the control plane.',
    severity: 'error',
    *run({ groups }) {
      for (const group of groups) {
        for (const [index, name] of group.instanceTypes.entries()) {
          if (instanceType(name) !== undefined || metal.test(name)) continue;
          yield {
            message: `${name} is no EC2 instance type that is known here`,
            hint: didYouMean(
              name,
              instanceTypeNames(),
              'a type newer than the table may be silenced; its pods are then not reckoned with',
            ),
            at: group.at(`instanceTypes.${index}`),
          };
        }
      }
    },
  },
  {
    id: 'spot-capable-type',
    title: 'types of Spot groups are sold as Spot',
    why: 'A request for a type that is never offered as Spot waits for ever, and pods with it.',
    severity: 'error',
    *run({ groups }) {
      for (const group of groups.filter(({ spot }) => spot)) {
        for (const type of group.knownTypes.filter(({ spotCapable }) => !spotCapable)) {
          yield {
            message: `${type.name} is not sold as Spot`,
            hint: `take it out of ${group.name}`,
            at: group.at(`instanceTypes.${group.instanceTypes.indexOf(type.name)}`),
          };
        }
      }
    },
  },
  {
    id: 'spot-diversity',
    title: 'Spot groups choose among at least four types',
    why: 'Each type is a pool of its own: with few of them one shortage takes all nodes at once and leaves nothing to buy instead.',
    severity: 'warning',
    *run({ groups }) {
      for (const { name, instanceTypes, at } of groups.filter(
        (group) => group.spot && group.instanceTypes.length < 4,
      )) {
        yield {
          message: `Spot group ${name} can buy only ${enumeration(instanceTypes)}: ${counted(instanceTypes.length, 'capacity pool')} per zone`,
          hint: `name at least 4 types with the CPU and memory of ${instanceTypes[0] ?? 'the first'}, of several generations or makers (m6i, m6a, m5, m5a)`,
          at: at('instanceTypes'),
        };
      }
    },
  },
  {
    id: 'one-architecture',
    title: 'the types of a group have one CPU architecture',
    why: 'A group has one machine image, which boots on one architecture only.',
    severity: 'error',
    *run({ groups }) {
      for (const { name, knownTypes, at } of groups) {
        const arm = knownTypes.filter(({ arch }) => arch === 'arm64');
        const amd = knownTypes.filter(({ arch }) => arch === 'amd64');
        if (arm.length === 0 || amd.length === 0) continue;
        yield {
          message: `node group ${name} mixes arm64 (${enumeration(arm.map((type) => type.name))}) with amd64 (${enumeration(amd.map((type) => type.name))})`,
          hint: 'make two groups of it',
          at: at('instanceTypes'),
        };
      }
    },
  },
  {
    id: 'several-architectures',
    title: 'all groups have the same CPU architecture',
    why: 'A pod may then land on either, and an image built for one dies on the other with "exec format error".',
    severity: 'warning',
    *run({ groups }) {
      const [first, ...others] = groups.flatMap((group) => {
        const arch = group.knownTypes[0]?.arch;
        return arch === undefined ? [] : [{ group, arch }];
      });
      for (const { group, arch } of others) {
        if (first === undefined || arch === first.arch) continue;
        yield {
          message: `node group ${group.name} is ${arch}, ${first.group.name} is ${first.arch}: every image must be built for both`,
          hint: 'check with `docker manifest inspect IMAGE`, or pin apps by a nodeSelector on kubernetes.io/arch in `patches:`',
          at: group.at('instanceTypes'),
        };
        return;
      }
    },
  },
  {
    id: 'similar-instance-types',
    title: 'the types of a group have the same CPU and memory',
    why: 'Cluster Autoscaler reckons with the first type of a group: a smaller one may come and leave the pods pending, a larger one is paid for and not used.',
    severity: 'warning',
    *run({ groups }) {
      for (const { name, knownTypes, instanceTypes, at } of groups) {
        const [first, ...others] = knownTypes;
        if (first === undefined) continue;
        const odd = others.filter((type) => type.vcpus !== first.vcpus || type.memoryMiB !== first.memoryMiB);
        const [example] = odd;
        if (example === undefined) continue;
        const size = (type: typeof first) =>
          `${cpuText(type.vcpus * 1000)} CPU and ${memoryText(type.memoryMiB * mebibyte)}`;
        yield {
          message: `node group ${name} reckons with ${first.name} (${size(first)}), but ${enumeration(odd.map((type) => type.name))} ${odd.length === 1 ? 'differs' : 'differ'}: ${example.name} has ${size(example)}`,
          hint: 'keep types of one size in a group, and give other sizes a group of their own',
          at: at(`instanceTypes.${instanceTypes.indexOf(example.name)}`),
        };
      }
    },
  },
  {
    id: 'managed-spot',
    title: 'Spot groups are drained by the Node Termination Handler',
    why: 'AWS drains managed Spot groups itself, at best effort and without waiting for a replacement; the handler would only repeat it, so it stays away from these nodes.',
    severity: 'info',
    *run({ groups, cluster }) {
      const managed = groups.filter((group) => group.spot && group.managed);
      for (const group of managed) {
        yield {
          message: cluster.features.nodeTerminationHandler
            ? `AWS drains the managed Spot group ${group.name} itself; the Node Termination Handler runs on the other Spot groups only`
            : `AWS drains the managed Spot group ${group.name} itself, so the Node Termination Handler is left out`,
          hint: 'take `managed: true` out to have nodes drained within the notice and under the PodDisruptionBudgets',
          at: group.at('managed'),
        };
      }
    },
  },
  {
    id: 'node-label',
    title: 'labels of node groups are ones that a kubelet may set on itself',
    why: 'eksctl refuses others: a kubelet that asks for a label below kubernetes.io or k8s.io that is not its own does not start.',
    severity: 'error',
    *run({ groups }) {
      for (const group of groups) {
        for (const [key, value] of Object.entries(group.labels)) {
          const reason = isReservedNodeLabel(key)
            ? 'which is reserved for Kubernetes itself'
            : isLabel(key, value)
              ? undefined
              : `which cannot be a label with the value ${JSON.stringify(value)}`;
          if (reason === undefined) continue;
          yield {
            message: `node group ${group.name} has the label ${key}, ${reason}`,
            hint: 'use a prefix of your own, such as example.com/, or none; values are at most 63 letters, digits, "-", "_" and "."',
            at: group.at('labels'),
          };
        }
      }
    },
  },
  {
    id: 'node-lifecycle-label',
    title: `every group carries the label ${nodeLifecycleLabel} of what it buys`,
    why: 'Placement, the Node Termination Handler and the controllers choose their nodes by this one label.',
    severity: 'error',
    *run({ groups }) {
      for (const group of groups) {
        const expected = group.spot ? 'spot' : 'on-demand';
        const found = group.labels[nodeLifecycleLabel];
        if (found === expected) continue;
        yield {
          message: `node group ${group.name} buys ${expected} but ${found === undefined ? `has no label ${nodeLifecycleLabel}` : `is labelled ${nodeLifecycleLabel}: ${found}`}`,
          hint: `set its label ${nodeLifecycleLabel} to ${expected}`,
          at: group.at('labels'),
        };
      }
    },
  },
];
