import type { RenderedCluster } from '../../../src/pipeline.js';
import { casesOf, cluster, nodeGroups } from './case.js';
import { replaceObject, withoutObject } from './tamper.js';

const eksctl = (...operations: readonly string[]) =>
  cluster(`eksctl:\n  patches:\n${operations.map((operation) => `    - ${operation}\n`).join('')}`);

const expander = 'cluster-autoscaler-priority-expander';
const withPriorities = (priorities: string) => (rendered: RenderedCluster) =>
  replaceObject(rendered, 'ConfigMap', expander, (object) => ({ ...object, data: { priorities } }));

export const nodeGroupCases = [
  ...casesOf('node-group-name', [
    { when: 'two groups share a name', cluster: nodeGroups('base', 'name: ▸base, capacity: spot, instanceTypes: [m6i.large], min: 0, max: 2'), says: 'two node groups are named base' },
    { when: 'names differ', cluster: nodeGroups('base', 'burst') },
  ]),
  ...casesOf('node-group-size', [
    { when: 'min is above max', cluster: nodeGroups('base', 'name: big, capacity: on-demand, instanceTypes: [m6i.large], min: ▸5, max: 3'), says: 'min 5 above max 3' },
    { when: 'a patch lifts min above max', cluster: eksctl('▸{op: replace, path: /nodeGroups/0/minSize, value: 30}') },
    { when: 'min equals max', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 2') },
  ]),
  ...casesOf('on-demand-group', [
    { when: 'all groups are Spot', cluster: nodeGroups('▸burst').replace('- ▸', '- ').replace('nodeGroups:\n  -', 'nodeGroups:\n  ▸-'), says: 'nowhere to run' },
    { when: 'the only on-demand group has min 0', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: ▸0, max: 6'), says: 'has min 0' },
    { when: 'an on-demand group has a node', cluster: nodeGroups('base') },
  ]),
  ...casesOf('on-demand-minimum', [
    { when: 'a production cluster keeps one on-demand node', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: ▸1, max: 6', 'burst') },
    { when: 'a cluster that is not production keeps one', cluster: `${nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6')}production: false\n` },
    { when: 'two groups have a node each', cluster: nodeGroups('name: a, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6', 'name: b, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6') },
  ]),
  ...casesOf('instance-type', [
    { when: 'a type is misspelt', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large, ▸m6i.lagre], min: 2, max: 6'), says: 'm6i.lagre' },
    { when: 'a type is metal', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.metal], min: 2, max: 6') },
    { when: 'all types exist' },
  ]),
  ...casesOf('spot-capable-type', [
    { when: 'a type is never sold as Spot', cluster: nodeGroups('base', 'name: burst, capacity: spot, instanceTypes: [▸u-6tb1.56xlarge], min: 0, max: 2') },
    { when: 'the same type is bought on demand', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [u-6tb1.56xlarge], min: 2, max: 2') },
  ]),
  ...casesOf('spot-diversity', [
    { when: 'a Spot group has two types', cluster: nodeGroups('base', 'name: burst, capacity: spot, instanceTypes: ▸[m6i.large, m5.large], min: 0, max: 2'), says: '2 capacity pools' },
    { when: 'an on-demand group has one type and a Spot group four' },
  ]),
  ...casesOf('one-architecture', [
    { when: 'a group mixes arm64 and amd64', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: ▸[m6i.large, m6g.large], min: 2, max: 6') },
    { when: 'a group is all arm64', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6g.large, m7g.large], min: 2, max: 6') },
  ]),
  ...casesOf('several-architectures', [
    { when: 'one group is arm64, another amd64', cluster: nodeGroups('base', 'name: burst, capacity: spot, instanceTypes: ▸[m6g.large, m7g.large, m6gd.large, m7gd.large], min: 0, max: 2') },
    { when: 'both groups are amd64' },
  ]),
  ...casesOf('similar-instance-types', [
    { when: 'the second type is twice as large', cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large, ▸m6i.xlarge], min: 2, max: 6'), says: 'm6i.xlarge' },
    { when: 'types of one size of several makers' },
  ]),
  ...casesOf('managed-spot', [
    { when: 'the only Spot group is managed', cluster: nodeGroups('base', 'name: burst, capacity: spot, managed: ▸true, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2'), says: 'is left out' },
    { when: 'Spot groups are self-managed' },
  ]),
  ...casesOf('node-lifecycle-label', [
    { when: 'a patch takes the label away', cluster: eksctl('▸{op: remove, path: /nodeGroups/0/labels/node-lifecycle}'), says: 'has no label' },
    { when: 'labels are as rendered' },
  ]),
  ...casesOf('spot-taint', [
    { when: 'a patch makes the taint hard', cluster: eksctl('▸{op: replace, path: /nodeGroups/0/taints/0/effect, value: NoSchedule}'), says: 'NoSchedule' },
    { when: 'a patch taints the on-demand group', cluster: eksctl('▸{op: add, path: /managedNodeGroups/0/taints, value: [{key: node-lifecycle, value: spot, effect: PreferNoSchedule}]}'), says: 'on-demand group base has the taint' },
    { when: 'a patch adds another taint', cluster: eksctl('{op: add, path: /nodeGroups/0/taints/-, value: {key: team, value: a, effect: NoSchedule}}') },
  ]),
  ...casesOf('asg-tags', [
    { when: 'a patch adds a label without its tag', cluster: eksctl('▸{op: add, path: /nodeGroups/0/labels/team, value: a}'), says: 'lacks the tag' },
    { when: 'labels of the spec reach the tags', cluster: nodeGroups('base', 'name: burst, capacity: spot, labels: {team: a}, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2') },
  ]),
  ...casesOf('asg-priority', [
    {
      when: 'an unanchored pattern matches a group whose name it begins',
      cluster: nodeGroups('base', 'burst', 'name: ▸burst-2, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2'),
      tamper: withPriorities('50:\n  - "^eks-base-[0-9a-f]{8}-"\n10:\n  - "^eksctl-prod-nodegroup-burst"\n5:\n  - "^eksctl-prod-nodegroup-burst-2-(?i:nodegroup)-"\n'),
      says: 'several priorities',
    },
    {
      when: 'Spot is above on-demand',
      cluster: nodeGroups('base', 'name: burst, capacity: ▸spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2'),
      tamper: withPriorities('10:\n  - "^eks-base-"\n50:\n  - "^eksctl-prod-nodegroup-burst-(?i:nodegroup)-"\n'),
    },
    { when: 'a patch adds a group that has no pattern', cluster: eksctl('▸{op: add, path: /nodeGroups/-, value: {name: extra, instancesDistribution: {instanceTypes: [m6i.large]}, minSize: 0, maxSize: 1, labels: {node-lifecycle: on-demand}}}'), says: 'no priority pattern matches' },
    { when: 'the table is gone', cluster: cluster().replace('nodeGroups:\n  -', 'nodeGroups:\n  ▸-'), tamper: (rendered) => withoutObject(rendered, 'ConfigMap', expander) },
    { when: 'one group’s name begins with another’s', cluster: nodeGroups('base', 'burst', 'name: burst-2, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2') },
  ]),
  ...casesOf('priority-expander', [
    {
      when: 'the autoscaler runs with least-waste',
      cluster: cluster().replace('nodeGroups:\n  -', 'nodeGroups:\n  ▸-'),
      tamper: (rendered) =>
        replaceObject(rendered, 'Deployment', 'cluster-autoscaler', (object) =>
          JSON.parse(JSON.stringify(object).replace('--expander=priority,least-waste', '--expander=least-waste')) as typeof object,
        ),
    },
    { when: 'the autoscaler is as rendered' },
  ]),
  ...casesOf('drain-handler', [
    { when: 'a patch takes the label off by which the handler finds its nodes', cluster: eksctl('▸{op: remove, path: /nodeGroups/0/labels/node-lifecycle}'), says: 'nothing drains' },
    { when: 'one Spot group is managed, one is not', cluster: nodeGroups('base', 'burst', 'name: calm, capacity: spot, managed: true, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2') },
  ]),
  ...casesOf('spot-purchase', [
    { when: 'a patch buys on-demand in a Spot group', cluster: eksctl('▸{op: replace, path: /nodeGroups/0/instancesDistribution/onDemandPercentageAboveBaseCapacity, value: 100}') },
    { when: 'groups buy what they say' },
  ]),
];
