import { describe, expect, test } from '@jest/globals';
import { prod, resolvedCluster } from '../support/repository.js';

const groups = (cluster = prod) => resolvedCluster({ cluster }).nodeGroups;

/** Node has no inline flags: the one that Go reads, `(?i:…)`, is spelt out. */
const inNode = (pattern: string) =>
  new RegExp(pattern.replace('(?i:nodegroup)', '[Nn][Oo][Dd][Ee][Gg][Rr][Oo][Uu][Pp]'));

describe('a node group', () => {
  test('on demand is managed, without taint, and bought first', () => {
    expect(groups()[0]).toMatchObject({
      managed: true,
      taints: [],
      labels: { 'node-lifecycle': 'on-demand' },
      expanderPriority: 50,
    });
  });

  test('of Spot is self-managed and softly tainted', () => {
    expect(groups()[1]).toMatchObject({
      managed: false,
      labels: { 'node-lifecycle': 'spot' },
      taints: [{ key: 'node-lifecycle', value: 'spot', effect: 'PreferNoSchedule' }],
      expanderPriority: 10,
    });
  });

  test('tells Cluster Autoscaler by tags what its nodes would look like, the taint with its effect', () => {
    expect(groups()[1]?.tags).toEqual({
      'k8s.io/cluster-autoscaler/enabled': 'true',
      'k8s.io/cluster-autoscaler/prod': 'owned',
      'k8s.io/cluster-autoscaler/node-template/label/node-lifecycle': 'spot',
      'k8s.io/cluster-autoscaler/node-template/taint/node-lifecycle': 'spot:PreferNoSchedule',
      'k8s.io/cluster-autoscaler/node-template/resources/ephemeral-storage': '50Gi',
    });
  });

  test('cannot relabel itself', () => {
    const relabelled = prod.replace('max: 6}', 'max: 6, labels: {node-lifecycle: spot, team: a}}');
    expect(groups(relabelled)[0]?.labels).toEqual({ team: 'a', 'node-lifecycle': 'on-demand' });
  });

  test.each([
    ['base', 'eks-base-1a2b3c4d-5e6f-7081-92a3-b4c5d6e7f809', true],
    ['base', 'eks-base-2-1a2b3c4d-5e6f-7081-92a3-b4c5d6e7f809', false],
    ['base', 'my-eks-base-1a2b3c4d-5e6f', false],
    ['burst', 'eksctl-prod-nodegroup-burst-NodeGroup-1A2B3C4D5E6F', true],
    ['burst', 'eksctl-prod-nodegroup-burst-nodegroup-1a2b3c', true],
    ['burst', 'eksctl-prod-nodegroup-burst-2-NodeGroup-1A2B3C4D5E6F', false],
    ['burst', 'eksctl-prod-2-nodegroup-burst-NodeGroup-1A2B3C4D5E6F', false],
  ])('named %s has the Auto Scaling group %s: %s', (name, asg, matches) => {
    const pattern = groups().find((group) => group.name === name)?.asgNamePattern ?? '';
    expect(inNode(pattern).test(asg)).toBe(matches);
  });
});
