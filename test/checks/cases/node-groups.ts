import { casesOf, eksctl, nodeGroups } from './case.js';

export const nodeGroupsCases = [
  ...casesOf('node-group-name', [
    {
      when: 'two groups share a name',
      cluster: nodeGroups('base', 'name: ▸base, capacity: spot, instanceTypes: [m6i.large], min: 0, max: 2'),
      says: 'two node groups are named base',
    },
    { when: 'names differ', cluster: nodeGroups('base', 'burst') },
  ]),
  ...casesOf('node-group-size', [
    {
      when: 'min is above max',
      cluster: nodeGroups('base', 'name: big, capacity: on-demand, instanceTypes: [m6i.large], min: ▸5, max: 3'),
      says: 'min 5 above max 3',
    },
    { when: 'a patch lifts min above max', cluster: eksctl('▸{op: replace, path: /nodeGroups/0/minSize, value: 30}') },
    {
      when: 'a patch has a group start above its max',
      cluster: eksctl('▸{op: replace, path: /nodeGroups/0/desiredCapacity, value: 30}'),
      says: 'starts with 30 nodes',
    },
    {
      when: 'min equals max',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 2, max: 2'),
    },
  ]),
  ...casesOf('on-demand-group', [
    {
      when: 'all groups are Spot',
      cluster: nodeGroups('▸burst').replace('- ▸', '- ').replace('nodeGroups:\n  -', 'nodeGroups:\n  ▸-'),
      says: 'nowhere to run',
    },
    {
      when: 'the only on-demand group has min 0',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: ▸0, max: 6'),
      says: 'has min 0',
    },
    { when: 'an on-demand group has a node', cluster: nodeGroups('base') },
  ]),
  ...casesOf('on-demand-minimum', [
    {
      when: 'a production cluster keeps one on-demand node',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: ▸1, max: 6', 'burst'),
    },
    {
      when: 'a cluster that is not production keeps one',
      cluster: `${nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6')}production: false\n`,
    },
    {
      when: 'two groups have a node each',
      cluster: nodeGroups(
        'name: a, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6',
        'name: b, capacity: on-demand, instanceTypes: [m6i.large], min: 1, max: 6',
      ),
    },
  ]),
  ...casesOf('instance-type', [
    {
      when: 'a type is misspelt',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large, ▸m6i.lagre], min: 2, max: 6'),
      says: 'm6i.lagre',
    },
    {
      when: 'a type is metal',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.metal], min: 2, max: 6'),
    },
    { when: 'all types exist' },
  ]),
  ...casesOf('spot-capable-type', [
    {
      when: 'a type is never sold as Spot',
      cluster: nodeGroups('base', 'name: burst, capacity: spot, instanceTypes: [▸u-6tb1.56xlarge], min: 0, max: 2'),
    },
    {
      when: 'the same type is bought on demand',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [u-6tb1.56xlarge], min: 2, max: 2'),
    },
  ]),
  ...casesOf('spot-diversity', [
    {
      when: 'a Spot group has two types',
      cluster: nodeGroups('base', 'name: burst, capacity: spot, instanceTypes: ▸[m6i.large, m5.large], min: 0, max: 2'),
      says: '2 capacity pools',
    },
    { when: 'an on-demand group has one type and a Spot group four' },
  ]),
  ...casesOf('one-architecture', [
    {
      when: 'a group mixes arm64 and amd64',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: ▸[m6i.large, m6g.large], min: 2, max: 6'),
    },
    {
      when: 'a group is all arm64',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6g.large, m7g.large], min: 2, max: 6'),
    },
  ]),
  ...casesOf('several-architectures', [
    {
      when: 'one group is arm64, another amd64',
      cluster: nodeGroups(
        'base',
        'name: burst, capacity: spot, instanceTypes: ▸[m6g.large, m7g.large, m6gd.large, m7gd.large], min: 0, max: 2',
      ),
    },
    { when: 'both groups are amd64' },
  ]),
  ...casesOf('similar-instance-types', [
    {
      when: 'the second type is twice as large',
      cluster: nodeGroups('name: base, capacity: on-demand, instanceTypes: [m6i.large, ▸m6i.xlarge], min: 2, max: 6'),
      says: 'm6i.xlarge',
    },
    { when: 'types of one size of several makers' },
  ]),
  ...casesOf('managed-spot', [
    {
      when: 'the only Spot group is managed',
      cluster: nodeGroups(
        'base',
        'name: burst, capacity: spot, managed: ▸true, instanceTypes: [m6i.large, m5.large, m6a.large, m5a.large], min: 0, max: 2',
      ),
      says: 'is left out',
    },
    { when: 'Spot groups are self-managed' },
  ]),
];
