import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { loadCluster } from '../src/load.js';
import { asMap, asTexts } from './json.js';
import { ofType, only, record } from './recording.js';
import type { Recording } from './recording.js';
import { prod, shop, withRepository } from './temporary-repository.js';

// What the comparison with eksctl cannot see: what eksctl leaves to EKS or does elsewhere, and what Pulumi alone needs.

async function built(cluster: string, apps = { shop }): Promise<{ cluster: ResolvedCluster; recording: Recording }> {
  return withRepository({ cluster, apps }, async (root) => {
    const loaded = await loadCluster(root, 'prod');
    return { cluster: loaded, recording: await record(loaded) };
  });
}

describe('prod', () => {
  let cluster: ResolvedCluster;
  let recording: Recording;
  beforeAll(async () => {
    ({ cluster, recording } = await built(prod));
  });

  test('its Spot group has the name by which the priority expander knows it', () => {
    const { namePrefix } = only(recording, 'aws:autoscaling/group:Group', 'prod-burst');
    const [, group] = cluster.nodeGroups;
    const pattern = (group?.asgNamePattern ?? '').replace('(?i:nodegroup)', '(?:[Nn]ode[Gg]roup)');
    expect(`${String(namePrefix)}20261123045500`).toMatch(new RegExp(pattern));
  });

  test('its Spot nodes may join: EKS knows of managed ones alone', () => {
    expect(only(recording, 'aws:eks/accessEntry:AccessEntry', 'prod-burst')).toMatchObject({
      type: 'EC2_LINUX',
      principalArn: 'arn:aws:iam::111122223333:Role/prod-burst-node',
    });
    expect(ofType(recording, 'aws:eks/accessEntry:AccessEntry')).toHaveLength(1);
  });

  test('its Spot nodes stand in the security group that EKS makes, like all others', () => {
    const { networkInterfaces } = only(recording, 'aws:ec2/launchTemplate:LaunchTemplate', 'prod-burst');
    expect(networkInterfaces).toEqual([{ deviceIndex: 0, networkCardIndex: 0, securityGroups: ['sg-of-eks'] }]);
    expect(only(recording, 'eks:index:Cluster', 'prod')).toMatchObject({ skipDefaultSecurityGroups: true });
  });

  test('its Spot nodes start from the newest image for the version and the architecture', () => {
    expect(only(recording, 'aws:ec2/launchTemplate:LaunchTemplate', 'prod-burst')['imageId']).toBe(
      'ami of /aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id',
    );
  });

  test('Cluster Autoscaler says how many nodes there are, and a group without Spot capacity is no failure', () => {
    expect(only(recording, 'eks:index:ManagedNodeGroup', 'prod-base')).toMatchObject({ ignoreScalingChanges: true });
    expect(only(recording, 'aws:autoscaling/group:Group', 'prod-burst')).toMatchObject({ waitForCapacityTimeout: '0' });
  });

  test('@pulumi/eks makes no nodes, addons and Auto Mode of its own', () => {
    expect(only(recording, 'eks:index:Cluster', 'prod')).toMatchObject({
      autoMode: { enabled: false },
      skipDefaultNodeGroup: true,
      bootstrapSelfManagedAddons: false,
      useDefaultVpcCni: true,
      kubeProxyAddonOptions: { enabled: false },
      corednsAddonOptions: { enabled: false },
    });
    expect(ofType(recording, 'eks:index:NodeGroupV2')).toEqual([]);
  });

  test('its new VPC has a NAT gateway in each zone, and private subnets go out through their own', () => {
    expect(ofType(recording, 'aws:ec2/natGateway:NatGateway').map(({ name }) => name)).toEqual([
      'prod-us-east-1a',
      'prod-us-east-1b',
      'prod-us-east-1c',
    ]);
    for (const zone of ['a', 'b', 'c']) {
      expect(only(recording, 'aws:ec2/routeTable:RouteTable', `prod-private-us-east-1${zone}`)['routes']).toEqual([
        { cidrBlock: '0.0.0.0/0', natGatewayId: `prod-us-east-1${zone}-id` },
      ]);
    }
  });

  test('its subnets say which load balancers go there', () => {
    const roles = ofType(recording, 'aws:ec2/subnet:Subnet').map(({ name, inputs }) => [
      /public|private/.exec(name)?.[0],
      Object.keys(asMap(inputs['tags'])).filter((key) => key.startsWith('kubernetes.io/role')),
      inputs['mapPublicIpOnLaunch'],
    ]);
    expect(roles).toContainEqual(['public', ['kubernetes.io/role/elb'], true]);
    expect(roles).toContainEqual(['private', ['kubernetes.io/role/internal-elb'], false]);
    expect(roles).toHaveLength(6);
  });
});

test('one NAT gateway serves all zones where the spec says so', async () => {
  const { recording } = await built(`${prod}vpc: {nat: Single}\n`);
  expect(ofType(recording, 'aws:ec2/natGateway:NatGateway')).toHaveLength(1);
  const tables = ofType(recording, 'aws:ec2/routeTable:RouteTable').filter(({ name }) => name.includes('private'));
  expect(new Set(tables.map(({ inputs }) => JSON.stringify(inputs['routes']))).size).toBe(1);
});

test('without NAT gateways the nodes stand in public subnets', async () => {
  const { recording } = await built(`${prod}vpc: {nat: Disable}\n`);
  expect(ofType(recording, 'aws:ec2/natGateway:NatGateway')).toEqual([]);
  const subnets = asTexts(only(recording, 'aws:autoscaling/group:Group', 'prod-burst')['vpcZoneIdentifiers']);
  expect(subnets).toEqual(['prod-public-us-east-1a-id', 'prod-public-us-east-1b-id', 'prod-public-us-east-1c-id']);
});

test('a group in its own zones has the subnets of those alone', async () => {
  const { recording } = await built(prod.replace('max: 20', 'max: 20, availabilityZones: [us-east-1b]'));
  expect(only(recording, 'aws:autoscaling/group:Group', 'prod-burst')['vpcZoneIdentifiers']).toEqual([
    'prod-private-us-east-1b-id',
  ]);
});

test('Graviton groups get images of their architecture, managed or not', async () => {
  const { recording } = await built(
    prod.replace('[m6i.large]', '[m6g.large]').replace('[m6i.large, m5.large]', '[m6g.large, m7g.large]'),
  );
  expect(only(recording, 'eks:index:ManagedNodeGroup', 'prod-base')['amiType']).toBe('AL2023_ARM_64_STANDARD');
  expect(only(recording, 'aws:ec2/launchTemplate:LaunchTemplate', 'prod-burst')['imageId']).toContain('/arm64/');
});

test('in China nodes are EC2’s of China, with policies of that partition', async () => {
  const { recording } = await built(prod.replace('us-east-1', 'cn-north-1'));
  const { assumeRolePolicy } = only(recording, 'aws:iam/role:Role', 'prod-burst-node');
  expect(assumeRolePolicy).toContain('"ec2.amazonaws.com.cn"');
  const arns = ofType(recording, 'aws:iam/rolePolicyAttachment:RolePolicyAttachment').map(
    ({ inputs }) => inputs['policyArn'],
  );
  expect(arns.filter((arn) => !(arn as string).startsWith('arn:aws-cn:'))).toEqual([]);
});

test('with IRSA the addons wear roles that trust their own ServiceAccounts', async () => {
  const claim = `${shop}scale: {min: 1, max: 1}\nvolumes: [{name: data, path: /data, claim: {size: 1Gi}}]\n`;
  const { recording } = await built(`${prod}identity: irsa\naccountId: "111122223333"\n`, { shop: claim });
  const { serviceAccountRoleArn } = only(recording, 'aws:eks/addon:Addon', 'prod-aws-ebs-csi-driver');
  expect(serviceAccountRoleArn).toBe('arn:aws:iam::111122223333:Role/prod-ebs-csi-driver');
  expect(only(recording, 'aws:iam/role:Role', 'prod-ebs-csi-driver')['assumeRolePolicy']).toContain(
    'system:serviceaccount:kube-system:ebs-csi-controller-sa',
  );
});

test('with IRSA a role trusts one ServiceAccount of this cluster’s issuer, and nothing is associated', async () => {
  const { recording } = await built(`${prod}identity: irsa\naccountId: "111122223333"\n`);
  expect(only(recording, 'eks:index:Cluster', 'prod')).toMatchObject({ createOidcProvider: true });
  const { assumeRolePolicy } = only(recording, 'aws:iam/role:Role', 'prod-cluster-autoscaler');
  expect(JSON.parse(String(assumeRolePolicy))).toMatchObject({
    Statement: [
      {
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.issuer/id/SPILLWAY' },
        Condition: {
          StringEquals: {
            'oidc.issuer/id/SPILLWAY:aud': 'sts.amazonaws.com',
            'oidc.issuer/id/SPILLWAY:sub': 'system:serviceaccount:kube-system:cluster-autoscaler',
          },
        },
      },
    ],
  });
  expect(ofType(recording, 'aws:eks/podIdentityAssociation:PodIdentityAssociation')).toEqual([]);
  expect(only(recording, 'aws:eks/addon:Addon', 'prod-vpc-cni')['serviceAccountRoleArn']).toMatch(/prod-vpc-cni$/);
});
