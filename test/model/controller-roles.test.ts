import { describe, expect, test } from '@jest/globals';
import { awsPartition, controllerRoles, iamRoleArn } from '../../src/model/controller-roles.js';

const cluster = {
  name: 'prod',
  region: 'us-east-1',
  accountId: '111122223333',
  identity: 'pod-identity',
  features: { loadBalancerController: true, ebs: true, containerInsights: true },
  rolloutsCloudWatch: true,
} as const;

describe('the AWS roles of controllers', () => {
  test('are named after the cluster, and say which ServiceAccount uses them', () => {
    expect(controllerRoles(cluster)).toEqual({
      clusterAutoscaler: {
        namespace: 'kube-system',
        serviceAccount: 'cluster-autoscaler',
        roleName: 'prod-cluster-autoscaler',
      },
      loadBalancerController: {
        namespace: 'kube-system',
        serviceAccount: 'aws-load-balancer-controller',
        roleName: 'prod-load-balancer',
      },
      rollouts: { namespace: 'argo-rollouts', serviceAccount: 'argo-rollouts', roleName: 'prod-argo-rollouts' },
      ebsCsiDriver: {
        namespace: 'kube-system',
        serviceAccount: 'ebs-csi-controller-sa',
        roleName: 'prod-ebs-csi-driver',
      },
      cloudWatchAgent: {
        namespace: 'amazon-cloudwatch',
        serviceAccount: 'cloudwatch-agent',
        roleName: 'prod-cloudwatch-agent',
      },
    });
  });

  test('are there only for controllers that are', () => {
    const bare = { loadBalancerController: false, ebs: false, containerInsights: false };
    expect(Object.keys(controllerRoles({ ...cluster, features: bare, rolloutsCloudWatch: false }))).toEqual([
      'clusterAutoscaler',
    ]);
  });

  test('have an ARN with IRSA, where the account is known', () => {
    const irsa = { ...cluster, identity: 'irsa' } as const;
    expect(controllerRoles(irsa).clusterAutoscaler.roleArn).toBe(
      'arn:aws:iam::111122223333:role/prod-cluster-autoscaler',
    );
    expect(controllerRoles({ ...irsa, accountId: undefined }).clusterAutoscaler).not.toHaveProperty('roleArn');
    expect(controllerRoles(cluster).clusterAutoscaler).not.toHaveProperty('roleArn');
  });

  test('have names that IAM takes for the longest name of a cluster', () => {
    const roles = controllerRoles({ ...cluster, name: 'c'.repeat(40) });
    for (const { roleName } of Object.values(roles) as { roleName: string }[]) {
      expect(roleName.length).toBeLessThanOrEqual(64);
    }
  });
});

test.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
] as const)('%s is in the partition %s', (region, partition) => {
  expect(awsPartition(region)).toBe(partition);
  expect(iamRoleArn({ region, accountId: '111122223333', roleName: 'x' })).toBe(
    `arn:${partition}:iam::111122223333:role/x`,
  );
});
