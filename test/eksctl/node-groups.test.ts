import { describe, expect, test } from '@jest/globals';
import { prod } from '../support/repository.js';
import { at, clusterText, configOf, nodeGroup, resolved } from './config.js';

const managedSpot = prod.replace('capacity: spot', 'capacity: spot, managed: true');

describe('an on-demand group', () => {
  const base = nodeGroup(configOf(prod), 'base');

  test('is managed by EKS', () => {
    expect(configOf(prod)['managedNodeGroups']).toEqual([base]);
    expect(base).toMatchObject({ instanceTypes: ['m6i.large'], spot: false });
  });

  test('starts at its minimum, below which Cluster Autoscaler never goes', () => {
    expect(base).toMatchObject({ minSize: 2, desiredCapacity: 2, maxSize: 6 });
  });

  test('has its tags copied to the Auto Scaling group, where Cluster Autoscaler reads them', () => {
    expect(base['propagateASGTags']).toBe(true);
  });
});

describe('a Spot group', () => {
  const burst = nodeGroup(configOf(prod), 'burst');

  test('is an Auto Scaling group of our own, which the Node Termination Handler drains', () => {
    expect(configOf(prod)['nodeGroups']).toEqual([burst]);
  });

  test('buys Spot alone, from the pools with most room, in the order of the spec', () => {
    expect(burst['instancesDistribution']).toEqual({
      instanceTypes: ['m6i.large', 'm5.large', 'm6a.large', 'm5a.large'],
      onDemandBaseCapacity: 0,
      onDemandPercentageAboveBaseCapacity: 0,
      spotAllocationStrategy: 'price-capacity-optimized',
      capacityRebalance: false,
    });
    expect(burst['instanceType']).toBeUndefined();
  });

  test('loses no node to the balance between zones', () => {
    expect(burst['asgSuspendProcesses']).toEqual(['AZRebalance']);
  });

  test('carries the soft taint, and a tag that says so with its effect', () => {
    expect(burst['taints']).toEqual([{ key: 'node-lifecycle', value: 'spot', effect: 'PreferNoSchedule' }]);
    expect(at(burst, 'tags', 'k8s.io/cluster-autoscaler/node-template/taint/node-lifecycle')).toBe(
      'spot:PreferNoSchedule',
    );
    expect(burst['propagateASGTags']).toBe(false);
  });

  test('that AWS manages is a managed group with the same label, taint and tags', () => {
    const config = configOf(managedSpot);
    const managed = nodeGroup(config, 'burst');
    expect(config['nodeGroups']).toBeUndefined();
    expect(managed).toMatchObject({ spot: true, instanceTypes: ['m6i.large', 'm5.large', 'm6a.large', 'm5a.large'] });
    for (const field of ['labels', 'taints', 'tags']) expect(managed[field]).toEqual(burst[field]);
  });
});

describe('every group', () => {
  const groups = ['base', 'burst'].map((name) => nodeGroup(configOf(prod), name));

  test('has the labels and tags of the model', () => {
    for (const group of resolved(prod).nodeGroups) {
      expect(nodeGroup(configOf(prod), group.name)).toMatchObject({ labels: group.labels, tags: group.tags });
    }
  });

  test('answers IMDSv2 only, on an encrypted gp3 volume, in private subnets, without SSH', () => {
    for (const group of groups) {
      expect(group).toMatchObject({
        amiFamily: 'AmazonLinux2023',
        disableIMDSv1: true,
        volumeType: 'gp3',
        volumeEncrypted: true,
        volumeSize: 50,
        privateNetworking: true,
        ssh: { allow: false },
      });
    }
  });

  test('gives the nodes’ role none of eksctl’s addon policies', () => {
    for (const group of groups) {
      expect(Object.values(at(group, 'iam', 'withAddonPolicies') as Record<string, boolean>)).toEqual(
        expect.not.arrayContaining([true]),
      );
      expect(at(group, 'iam', 'withAddonPolicies', 'autoScaler')).toBe(false);
    }
  });

  test('keeps to its own zones where it names them', () => {
    const zonal = configOf(prod.replace('min: 0, max: 20', 'min: 0, max: 20, availabilityZones: [us-east-1a]'));
    expect(nodeGroup(zonal, 'burst')['availabilityZones']).toEqual(['us-east-1a']);
    expect(nodeGroup(zonal, 'base')['availabilityZones']).toBeUndefined();
  });

  test('stands in public subnets where private ones have no way out', () => {
    const config = configOf(clusterText('vpc: {nat: Disable}'));
    expect(nodeGroup(config, 'base')['privateNetworking']).toBe(false);
  });
});
