import { describe, expect, test } from '@jest/globals';
import { podinfo, prod } from '../support/repository.js';
import { asList } from '../support/workloads.js';
import { at, clusterText, configOf, entry } from './config.js';

test('name, region, version and tags are those of the spec', () => {
  expect(configOf(clusterText('tags: {team: platform}'))['metadata']).toEqual({
    name: 'prod',
    region: 'us-east-1',
    version: '1.35',
    tags: { team: 'platform' },
  });
});

test('Auto Mode, which would become eksctl’s default, is off', () => {
  expect(configOf(prod)['autoModeConfig']).toEqual({ enabled: false });
});

describe('addons', () => {
  test('are listed one by one, and eksctl adds none', () => {
    expect(configOf(prod)['addonsConfig']).toMatchObject({ disableDefaultAddons: true });
    expect(asList(configOf(prod)['addons']).map(({ name }) => name)).toEqual([
      'vpc-cni',
      'kube-proxy',
      'coredns',
      'eks-pod-identity-agent',
      'amazon-cloudwatch-observability',
    ]);
  });

  test('enforce network policies', () => {
    expect(entry(configOf(prod)['addons'], 'name', 'vpc-cni')['configurationValues']).toBe(
      '{"enableNetworkPolicy":"true"}',
    );
  });

  test('bring the EBS driver only where an app has a volume claim', () => {
    const claim = `${podinfo}scale: {min: 1, max: 1}\nvolumes: [{name: data, path: /data, claim: {size: 1Gi}}]\n`;
    expect(asList(configOf(prod, { podinfo: claim })['addons']).map(({ name }) => name)).toContain(
      'aws-ebs-csi-driver',
    );
  });
});

describe('observability', () => {
  test('keeps all control-plane logs for 90 days in production', () => {
    expect(at(configOf(prod), 'cloudWatch', 'clusterLogging')).toEqual({
      enableTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      logRetentionInDays: 90,
    });
  });

  test('is nothing at all where it is switched off', () => {
    const config = configOf(clusterText('observability: false'));
    expect(config['cloudWatch']).toBeUndefined();
    expect(JSON.stringify(config)).not.toContain('cloudwatch-agent');
  });

  test('can do without Container Insights', () => {
    const config = configOf(clusterText('observability: {containerInsights: false}'));
    expect(config['cloudWatch']).toBeDefined();
    expect(JSON.stringify(config)).not.toContain('amazon-cloudwatch-observability');
  });
});

describe('access', () => {
  test('goes by access entries alone, the creator being an administrator', () => {
    expect(configOf(prod)['accessConfig']).toEqual({
      authenticationMode: 'API',
      bootstrapClusterCreatorAdminPermissions: true,
    });
  });

  test('of one principal in several places is one entry, which is all that eksctl takes', () => {
    const config = configOf(
      clusterText(
        'access:',
        '  - {principalArn: "arn:aws:iam::111122223333:role/devs", policy: edit, namespaces: [shop]}',
        '  - {principalArn: "arn:aws:iam::111122223333:role/admins", policy: cluster-admin}',
        '  - {principalArn: "arn:aws:iam::111122223333:role/devs", policy: view}',
      ),
    );
    const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
    expect(at(config, 'accessConfig', 'accessEntries')).toEqual([
      {
        principalARN: 'arn:aws:iam::111122223333:role/devs',
        type: 'STANDARD',
        accessPolicies: [
          { policyARN: policy('AmazonEKSEditPolicy'), accessScope: { type: 'namespace', namespaces: ['shop'] } },
          { policyARN: policy('AmazonEKSViewPolicy'), accessScope: { type: 'cluster' } },
        ],
      },
      {
        principalARN: 'arn:aws:iam::111122223333:role/admins',
        type: 'STANDARD',
        accessPolicies: [{ policyARN: policy('AmazonEKSClusterAdminPolicy'), accessScope: { type: 'cluster' } }],
      },
    ]);
  });
});

describe('the network', () => {
  test('of a new VPC has its range, its zones and its NAT gateways stated', () => {
    const config = configOf(
      clusterText('vpc: {cidr: 10.1.0.0/16}', 'availabilityZones: [us-east-1a, us-east-1b, us-east-1c]'),
    );
    expect(config['vpc']).toMatchObject({ cidr: '10.1.0.0/16', nat: { gateway: 'HighlyAvailable' } });
    expect(config['availabilityZones']).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
  });

  test('of an existing VPC has its subnets, which say their zones, and no new NAT gateway', () => {
    const config = configOf(
      clusterText(
        'vpc: {id: vpc-0a, cidr: 10.0.0.0/16, privateSubnets: {us-east-1b: subnet-0b, us-east-1a: subnet-0a}}',
        'availabilityZones: [us-east-1a, us-east-1b]',
      ),
    );
    expect(config['vpc']).toMatchObject({
      id: 'vpc-0a',
      cidr: '10.0.0.0/16',
      subnets: { private: { 'us-east-1a': { id: 'subnet-0a' }, 'us-east-1b': { id: 'subnet-0b' } } },
      nat: { gateway: 'Disable' },
    });
    expect(config['availabilityZones']).toBeUndefined();
  });

  test('lets in whom the spec lets in', () => {
    const config = configOf(clusterText('endpoint: {public: true, private: false, publicCidrs: [203.0.113.0/24]}'));
    expect(config['vpc']).toMatchObject({
      clusterEndpoints: { publicAccess: true, privateAccess: false },
      publicAccessCIDRs: ['203.0.113.0/24'],
    });
  });
});

test('Secrets are encrypted by the key that the spec names', () => {
  const arn = 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012';
  expect(configOf(clusterText(`secretsEncryptionKeyArn: "${arn}"`))['secretsEncryption']).toEqual({ keyARN: arn });
});

test('DNS stays on on-demand nodes, with what the addon’s own affinity says', () => {
  const values = String(entry(configOf(prod)['addons'], 'name', 'coredns')['configurationValues']);
  expect(JSON.parse(values)).toMatchObject({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/os' },
                { key: 'kubernetes.io/arch' },
                { key: 'node-lifecycle', operator: 'In', values: ['on-demand'] },
              ],
            },
          ],
        },
      },
      podAntiAffinity: expect.anything() as unknown,
    },
  });
});

test('keeps its version in extended support, unless the price is not worth it', () => {
  expect(configOf(prod)['upgradePolicy']).toEqual({ supportType: 'EXTENDED' });
  expect(configOf(clusterText('extendedSupport: false'))['upgradePolicy']).toEqual({ supportType: 'STANDARD' });
});
