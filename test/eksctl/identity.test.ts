import { describe, expect, test } from '@jest/globals';
import { loadBalancerControllerPolicy } from '../../src/aws/load-balancer-policy.js';
import { podinfo, prod } from '../support/repository.js';
import { asList } from '../support/workloads.js';
import { at, clusterText, configOf, entry, resolved } from './config.js';

const irsa = clusterText('identity: irsa', 'accountId: "111122223333"');
const withAws = `${podinfo}aws:
  policies: ["arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"]
  statements: [{actions: ["s3:GetObject"], resources: ["arn:aws:s3:::bucket/*"], conditions: {Bool: {"aws:SecureTransport": "true"}}}]
`;
const withIngress = { podinfo: `${podinfo}ingress: {host: podinfo.acme.io}\n` };
const withClaim = {
  podinfo: `${podinfo}scale: {min: 1, max: 1}\nvolumes: [{name: data, path: /data, claim: {size: 1Gi}}]\n`,
};

const associations = (config: ReturnType<typeof configOf>) => at(config, 'iam', 'podIdentityAssociations');
const names = (list: unknown) => asList(list).map(({ name }) => name);

describe('Cluster Autoscaler', () => {
  const statements = (cluster: string) =>
    asList(
      at(
        entry(associations(configOf(cluster)), 'serviceAccountName', 'cluster-autoscaler'),
        'permissionPolicy',
        'Statement',
      ),
    );

  test('may change the size of this cluster’s groups alone, by the tag that it discovers them by', () => {
    const writes = statements(prod).filter(({ Action }) =>
      (Action as string[]).some((action) => /:(Set|Terminate|Update|Delete|Create)/.test(action)),
    );
    expect(writes).toEqual([
      {
        Effect: 'Allow',
        Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
        Resource: ['arn:aws:autoscaling:us-east-1:*:autoScalingGroup:*:autoScalingGroupName/*'],
        Condition: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/prod': 'owned' } },
      },
    ]);
  });

  test('finds on its groups the tag that the condition asks for', () => {
    const config = configOf(prod);
    for (const group of [...asList(config['managedNodeGroups']), ...asList(config['nodeGroups'])]) {
      expect(at(group, 'tags', 'k8s.io/cluster-autoscaler/prod')).toBe('owned');
    }
  });

  test('reads everything only where IAM knows no resource', () => {
    const everywhere = statements(prod).filter(({ Resource }) => (Resource as string[]).includes('*'));
    expect(everywhere.flatMap(({ Action }) => Action as string[])).toEqual(
      expect.not.arrayContaining([expect.not.stringMatching(/^(autoscaling:Describe|ec2:(Describe|Get))/)]),
    );
  });

  test('keeps to the account where it is known, and to the partition of the region', () => {
    const china = prod.replace('us-east-1', 'cn-north-1').concat('accountId: "111122223333"\n');
    expect(statements(china).flatMap(({ Resource }) => Resource as string[])).toEqual([
      '*',
      'arn:aws-cn:eks:cn-north-1:111122223333:nodegroup/prod/*/*',
      'arn:aws-cn:autoscaling:cn-north-1:111122223333:autoScalingGroup:*:autoScalingGroupName/*',
    ]);
  });
});

describe('with Pod Identity', () => {
  test('there is the agent, and no OIDC provider', () => {
    const config = configOf(prod);
    expect(names(config['addons'])).toContain('eks-pod-identity-agent');
    expect(at(config, 'iam', 'withOIDC')).toBe(false);
    expect(at(config, 'iam', 'serviceAccounts')).toBeUndefined();
  });

  test('an app’s permissions are bound to its ServiceAccount, which eksctl does not make', () => {
    expect(entry(associations(configOf(prod, { podinfo: withAws })), 'serviceAccountName', 'podinfo')).toEqual({
      namespace: 'podinfo',
      serviceAccountName: 'podinfo',
      createServiceAccount: false,
      roleName: expect.stringMatching(/^prod-podinfo-[0-9a-f]{8}$/) as unknown,
      permissionPolicyARNs: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'],
      permissionPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:GetObject'],
            Resource: ['arn:aws:s3:::bucket/*'],
            Condition: { Bool: { 'aws:SecureTransport': 'true' } },
          },
        ],
      },
    });
  });

  test('the addons’ own associations stand at the addons, by ARN, the only way that eksctl takes there', () => {
    const config = configOf(prod, withClaim);
    expect(entry(config['addons'], 'name', 'aws-ebs-csi-driver')['podIdentityAssociations']).toEqual([
      {
        namespace: 'kube-system',
        serviceAccountName: 'ebs-csi-controller-sa',
        createServiceAccount: false,
        roleName: 'prod-ebs-csi-driver',
        permissionPolicyARNs: ['arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy'],
      },
    ]);
    expect(entry(config['addons'], 'name', 'amazon-cloudwatch-observability')['podIdentityAssociations']).toMatchObject(
      [
        {
          serviceAccountName: 'cloudwatch-agent',
          permissionPolicyARNs: ['arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy'],
        },
      ],
    );
  });
});

describe('with IRSA', () => {
  const config = configOf(irsa, {
    podinfo: withAws,
    ...{ store: withClaim.podinfo.replace('name: podinfo', 'name: store') },
  });
  const roles = asList(at(config, 'iam', 'serviceAccounts'));

  test('there is the OIDC provider, and neither the agent nor an association', () => {
    expect(at(config, 'iam', 'withOIDC')).toBe(true);
    expect(JSON.stringify(config)).not.toContain('podIdentityAssociations":');
    expect(names(config['addons'])).not.toContain('eks-pod-identity-agent');
  });

  test('eksctl makes roles under fixed names and leaves the ServiceAccounts to Git', () => {
    expect(roles.map(({ roleName, roleOnly }) => [roleName, roleOnly])).toEqual([
      ['prod-cluster-autoscaler', true],
      [expect.stringMatching(/^prod-podinfo-[0-9a-f]{8}$/), true],
      ['prod-ebs-csi-driver', true],
      ['prod-cloudwatch-agent', true],
    ]);
    expect(roles[1]).toMatchObject({
      metadata: { name: 'podinfo', namespace: 'podinfo' },
      attachPolicyARNs: ['arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess'],
    });
  });

  test('an addon wears the role that trusts its ServiceAccount alone', () => {
    expect(entry(config['addons'], 'name', 'aws-ebs-csi-driver')).toEqual({
      name: 'aws-ebs-csi-driver',
      serviceAccountRoleARN: 'arn:aws:iam::111122223333:role/prod-ebs-csi-driver',
    });
  });

  test('the CNI’s permissions go to aws-node instead of the nodes', () => {
    expect(entry(config['addons'], 'name', 'vpc-cni')['attachPolicyARNs']).toEqual([
      'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy',
    ]);
  });
});

test('the load balancer controller has a policy of this cluster where it runs, and no role elsewhere', () => {
  expect(
    entry(associations(configOf(prod, withIngress)), 'serviceAccountName', 'aws-load-balancer-controller'),
  ).toMatchObject({
    roleName: 'prod-load-balancer',
    permissionPolicy: loadBalancerControllerPolicy(resolved(prod, withIngress)),
  });
  expect(asList(associations(configOf(prod))).map(({ serviceAccountName }) => serviceAccountName)).toEqual([
    'cluster-autoscaler',
  ]);
});

test('Argo Rollouts reads CloudWatch only where the cluster says so', () => {
  const config = configOf(clusterText('rollouts: {cloudWatch: true}'));
  expect(
    at(entry(associations(config), 'serviceAccountName', 'argo-rollouts'), 'permissionPolicy', 'Statement'),
  ).toEqual([{ Effect: 'Allow', Action: ['cloudwatch:GetMetricData'], Resource: ['*'] }]);
});

test('an app that asks for no permission gets no role, as eksctl takes none without', () => {
  const apps = { podinfo: `${podinfo}aws: {}\n` };
  expect(asList(associations(configOf(prod, apps))).map(({ serviceAccountName }) => serviceAccountName)).toEqual([
    'cluster-autoscaler',
  ]);
});
