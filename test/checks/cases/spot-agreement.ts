import type { RenderedCluster } from '../../../src/pipeline.js';
import { casesOf, eksctl, markedGroups, nodeGroups } from './case.js';
import { replaceObject, withoutObject } from './tamper.js';

const expander = 'cluster-autoscaler-priority-expander';
const withPriorities = (priorities: string) => (rendered: RenderedCluster) =>
  replaceObject(rendered, 'ConfigMap', expander, (object) => ({ ...object, data: { priorities } }));

export const spotAgreementCases = [
  ...casesOf('node-lifecycle-label', [
    {
      when: 'a patch takes the label away',
      cluster: eksctl('▸{op: remove, path: /nodeGroups/0/labels/node-lifecycle}'),
      says: 'has no label',
    },
    { when: 'labels are as rendered' },
  ]),
  ...casesOf('spot-taint', [
    {
      when: 'a patch makes the taint hard',
      cluster: eksctl('▸{op: replace, path: /nodeGroups/0/taints/0/effect, value: NoSchedule}'),
      says: 'NoSchedule',
    },
    {
      when: 'a patch taints the on-demand group',
      cluster: eksctl(
        '▸{op: add, path: /managedNodeGroups/0/taints, value: [{key: node-lifecycle, value: spot, effect: PreferNoSchedule}]}',
      ),
      says: 'on-demand group base has the taint',
    },
    {
      when: 'a patch adds another taint',
      cluster: eksctl('{op: add, path: /nodeGroups/0/taints/-, value: {key: team, value: a, effect: NoSchedule}}'),
    },
  ]),
  ...casesOf('asg-tags', [
    {
      when: 'a patch adds a label without its tag',
      cluster: eksctl('▸{op: add, path: /nodeGroups/0/labels/team, value: a}'),
      says: 'lacks the tag',
    },
    {
      when: 'labels of the spec reach the tags',
      cluster: nodeGroups(
        'base',
        'name: burst, capacity: spot, labels: {team: a}, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2',
      ),
    },
  ]),
  ...casesOf('asg-priority', [
    {
      when: 'an unanchored pattern matches a group whose name it begins',
      cluster: nodeGroups(
        'base',
        'burst',
        'name: ▸burst-2, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2',
      ),
      tamper: withPriorities(
        '50:\n  - "^eks-base-[0-9a-f]{8}-"\n10:\n  - "^eksctl-prod-nodegroup-burst"\n5:\n  - "^eksctl-prod-nodegroup-burst-2-(?i:nodegroup)-"\n',
      ),
      says: 'several priorities',
    },
    {
      when: 'Spot is above on-demand',
      cluster: nodeGroups(
        'base',
        'name: burst, capacity: ▸spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2',
      ),
      tamper: withPriorities('10:\n  - "^eks-base-"\n50:\n  - "^eksctl-prod-nodegroup-burst-(?i:nodegroup)-"\n'),
    },
    {
      when: 'a patch adds a group that has no pattern',
      cluster: eksctl(
        '▸{op: add, path: /nodeGroups/-, value: {name: extra, instancesDistribution: {instanceTypes: [m6i.large]}, minSize: 0, maxSize: 1, labels: {node-lifecycle: on-demand}}}',
      ),
      says: 'no priority pattern matches',
    },
    {
      when: 'the table is gone',
      cluster: markedGroups(),
      tamper: (rendered) => withoutObject(rendered, 'ConfigMap', expander),
    },
    {
      when: 'one group’s name begins with another’s',
      cluster: nodeGroups(
        'base',
        'burst',
        'name: burst-2, capacity: spot, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2',
      ),
    },
  ]),
  ...casesOf('priority-expander', [
    {
      when: 'the autoscaler runs with least-waste',
      cluster: markedGroups(),
      tamper: (rendered) =>
        replaceObject(
          rendered,
          'Deployment',
          'cluster-autoscaler',
          (object) =>
            JSON.parse(
              JSON.stringify(object).replace('--expander=priority,least-waste', '--expander=least-waste'),
            ) as typeof object,
        ),
    },
    { when: 'the autoscaler is as rendered' },
  ]),
  ...casesOf('drain-handler', [
    {
      when: 'a patch takes the label off by which the handler finds its nodes',
      cluster: eksctl('▸{op: remove, path: /nodeGroups/0/labels/node-lifecycle}'),
      says: 'nothing drains',
    },
    {
      when: 'one Spot group is managed, one is not',
      cluster: nodeGroups(
        'base',
        'burst',
        'name: calm, capacity: spot, managed: true, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2',
      ),
    },
  ]),
  ...casesOf('spot-purchase', [
    {
      when: 'a patch buys on-demand in a Spot group',
      cluster: eksctl(
        '▸{op: replace, path: /nodeGroups/0/instancesDistribution/onDemandPercentageAboveBaseCapacity, value: 100}',
      ),
    },
    { when: 'groups buy what they say' },
  ]),
];
