import { nodeLifecycleLabel, spotTaint } from '../model/node-lifecycle.js';
import type { Check } from './check.js';
import { configName } from './view/groups.js';
import { exampleAsgName, expanderEntries, goPattern } from './view/expander.js';
import { dig, texts, text, textMap } from './view/json.js';
import { mayRunOn } from './view/scheduling.js';
import { enumeration } from './view/words.js';

const autoscalerTag = 'k8s.io/cluster-autoscaler';
const wantedTaint = `${spotTaint.key}=${spotTaint.value}:${spotTaint.effect}`;

/** Taints, tags, expander patterns and the drain handler say the same of every group. */
export const spotAgreementChecks: readonly Check[] = [
  {
    id: 'spot-taint',
    title: 'Spot groups, and only they, carry the soft Spot taint',
    why: 'Without it overflow pods spread over Spot from the start; with a hard effect they never get there; on on-demand nodes it drives them to Spot.',
    severity: 'error',
    *run({ groups }) {
      for (const group of groups) {
        const taint = group.taints.find(({ key }) => key === spotTaint.key);
        const found = taint === undefined ? undefined : `${taint.key}=${taint.value}:${taint.effect}`;
        if (group.spot ? found === wantedTaint : found === undefined) continue;
        yield {
          message: group.spot
            ? `Spot group ${group.name} ${found === undefined ? 'lacks the taint' : `has the taint ${found} instead of`} ${wantedTaint}`
            : `on-demand group ${group.name} has the taint ${found ?? ''}`,
          hint: group.spot ? `give it the taint ${wantedTaint}` : 'take the taint off',
          at: group.at('taints'),
        };
      }
    },
  },
  {
    id: 'asg-tags',
    title: 'ASG tags tell Cluster Autoscaler of each self-managed group, its labels and its taints',
    why: 'Without the discovery tags a group never grows; without the template tags its first node is simulated with neither label nor taint, so pods that need them stay pending.',
    severity: 'error',
    *run({ groups, clusterConfig, cluster }) {
      const name = configName(clusterConfig) ?? cluster.name;
      for (const group of groups.filter(({ managed }) => !managed)) {
        const wanted: readonly (readonly [string, string])[] = [
          [`${autoscalerTag}/enabled`, 'true'],
          [`${autoscalerTag}/${name}`, 'owned'],
          ...Object.entries(group.labels).map(
            ([key, value]) => [`${autoscalerTag}/node-template/label/${key}`, value] as const,
          ),
          ...group.taints.map(
            ({ key, value, effect }) => [`${autoscalerTag}/node-template/taint/${key}`, `${value}:${effect}`] as const,
          ),
        ];
        const wrong = wanted.filter(([key, value]) => group.tags[key] !== value);
        const stale = Object.keys(group.tags).filter(
          (key) => /\/node-template\/(label|taint)\//.test(key) && !wanted.some(([wantedKey]) => wantedKey === key),
        );
        for (const [key, value] of wrong) {
          yield {
            message: `node group ${group.name} ${group.tags[key] === undefined ? 'lacks the tag' : `has ${group.tags[key]} in the tag`} ${key}, so Cluster Autoscaler does not see what the nodes have`,
            hint: `set it to ${value}`,
            at: group.at('tags', 'labels', 'taints'),
          };
        }
        for (const key of stale) {
          yield {
            message: `node group ${group.name} has the tag ${key}, but its nodes have no such label or taint`,
            hint: 'take the tag out, or put the label or taint on the group as well',
            at: group.at('tags', 'labels', 'taints'),
          };
        }
      }
    },
  },
  {
    id: 'asg-priority',
    title: 'each Auto Scaling group matches one priority, on-demand above Spot',
    why: 'Cluster Autoscaler skips a group that matches no pattern, and takes the highest priority of several: it then buys Spot before on-demand, or nothing.',
    severity: 'error',
    *run(view) {
      const { cluster, groups, clusterConfig } = view;
      const at = cluster.provenance.at('nodeGroups');
      const table = view.find('ConfigMap', 'kube-system', 'cluster-autoscaler-priority-expander');
      const priorities = text(dig(table?.object, 'data', 'priorities'));
      const entries = priorities === undefined ? undefined : expanderEntries(priorities);
      if (entries === undefined) {
        yield { message: 'Cluster Autoscaler’s priority table is missing or cannot be read', at };
        return;
      }
      const patterns = entries.map((entry) => ({ ...entry, expression: goPattern(entry.pattern) }));
      for (const { pattern } of patterns.filter(({ expression }) => expression === undefined))
        yield { message: `Cluster Autoscaler cannot read the pattern ${pattern}`, at };
      const name = configName(clusterConfig) ?? cluster.name;
      const reached = groups.map((group) => {
        const asg = exampleAsgName(name, group);
        const matching = patterns.filter(({ expression }) => expression?.test(asg) === true);
        return { group, asg, matching, priorities: new Set(matching.map(({ priority }) => priority)) };
      });
      for (const { group, asg, matching, priorities: found } of reached) {
        if (found.size === 1) continue;
        yield {
          message:
            found.size === 0
              ? `no priority pattern matches the Auto Scaling group of ${group.name} (such as ${asg}), so Cluster Autoscaler never buys it`
              : `the Auto Scaling group of ${group.name} matches several priorities: ${enumeration(matching.map(({ priority, pattern }) => `${priority} (${pattern})`))}`,
          hint: 'name the group in the spec, so that its pattern is rendered and anchored; patches of eksctl do not reach Cluster Autoscaler',
          at: group.at('name'),
        };
      }
      const priorityOf = ({ priorities: found }: (typeof reached)[number]) => Math.max(...found);
      const onDemand = reached.filter(({ group, priorities: found }) => !group.spot && found.size === 1);
      for (const spot of reached.filter(({ group, priorities: found }) => group.spot && found.size === 1)) {
        const lower = onDemand.find((other) => priorityOf(other) <= priorityOf(spot));
        if (lower === undefined) continue;
        yield {
          message: `Spot group ${spot.group.name} has priority ${priorityOf(spot)}, not below ${priorityOf(lower)} of on-demand group ${lower.group.name}, so Spot is bought first`,
          hint: 'an on-demand group must have the higher priority',
          at: spot.group.at('capacity'),
        };
      }
    },
  },
  {
    id: 'priority-expander',
    title: 'Cluster Autoscaler runs with the priority expander',
    why: 'Its default, least-waste, buys Spot before on-demand as soon as a Spot type fits better.',
    severity: 'error',
    *run(view) {
      const autoscaler = view.find('Deployment', 'kube-system', 'cluster-autoscaler');
      if (autoscaler === undefined) return;
      const args = view
        .templatesOf(autoscaler)
        .flatMap(({ containers }) => containers)
        .flatMap(({ spec }) => [...texts(spec['command']), ...texts(spec['args'])]);
      const expander = args.find((arg) => arg.startsWith('--expander='));
      if (expander?.split('=')[1]?.split(',')[0] === 'priority') return;
      yield {
        message: `Cluster Autoscaler runs with ${expander ?? 'its default expander'}, so priorities are not used`,
        hint: 'it must run with --expander=priority,least-waste',
        at: view.cluster.provenance.at('nodeGroups'),
      };
    },
  },
  {
    id: 'drain-handler',
    title: 'the Node Termination Handler runs on self-managed Spot nodes, and on no others',
    why: 'Without it their pods die with the VM; on managed Spot groups AWS drains as well, and the two get in each other’s way.',
    severity: 'error',
    *run(view) {
      const handler = view.templates.find(
        ({ purpose, owned }) =>
          purpose === 'daemon' &&
          owned.owner.kind === 'platform' &&
          owned.owner.component === 'node-termination-handler',
      );
      for (const group of view.groups) {
        const wanted = group.spot && !group.managed;
        const found = handler !== undefined && mayRunOn(handler, group);
        if (wanted === found) continue;
        yield {
          message: wanted
            ? `nothing drains the nodes of self-managed Spot group ${group.name}`
            : `the Node Termination Handler runs on ${group.name}, which is ${group.spot ? 'drained by AWS' : 'on-demand'}`,
          hint: wanted
            ? 'self-managed Spot groups need the Node Termination Handler: state the group in the spec, not in eksctl.patches'
            : `it must run only where ${nodeLifecycleLabel} is spot and the group is self-managed`,
          at: group.at('managed', 'labels'),
        };
      }
    },
  },
  {
    id: 'spot-purchase',
    title: 'a group with capacity: spot buys Spot, one with on-demand buys on-demand',
    why: 'eksctl’s default for a mixed group is 100% on-demand: one missing number and the bill is three times as high.',
    severity: 'error',
    *run({ groups, cluster }) {
      for (const group of groups) {
        const written = cluster.nodeGroups.find(({ name }) => name === group.name);
        if (written === undefined || (written.capacity === 'spot') === group.spot) continue;
        const share = textMap(group.config['instancesDistribution'])['onDemandPercentageAboveBaseCapacity'];
        yield {
          message: `node group ${group.name} says capacity: ${written.capacity}, but its ClusterConfig buys ${group.spot ? 'Spot' : 'on-demand'}${share === undefined ? '' : ` (${share}%)`}`,
          hint: 'change capacity in the spec instead of patching the ClusterConfig',
          at: group.at('capacity'),
        };
      }
    },
  },
];
