import { beforeAll, describe, expect, test } from '@jest/globals';
import Ajv, { type ValidateFunction } from 'ajv';
import { eksctlSchema } from '../../src/facts/schemas.js';
import { podinfo, prod } from '../support/repository.js';
import { clusterText, configOf } from './config.js';

let validate: ValidateFunction;
beforeAll(async () => {
  // Its keywords preferredOrder and x-intellij-html-description are unknown to ajv.
  validate = new Ajv({ strict: false, allErrors: true }).compile(await eksctlSchema());
});

const withAws = `${podinfo}aws:
  policies: ["arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"]
  statements: [{actions: ["s3:GetObject"], resources: ["arn:aws:s3:::bucket/*"], conditions: {StringEquals: {"aws:SourceVpc": vpc-0a}}}]
`;
const withIngress = `${podinfo}ingress: {host: podinfo.acme.io}\n`;
const withClaim = `${podinfo}scale: {min: 1, max: 1}\nvolumes: [{name: data, path: /data, claim: {size: 1Gi}}]\n`;

const identities = {
  'pod identity': [],
  irsa: ['identity: irsa', 'accountId: "111122223333"'],
};
const groups = {
  'self-managed Spot': prod,
  'managed Spot': prod.replace('capacity: spot', 'capacity: spot, managed: true'),
  'on-demand alone': prod.replace(/ {2}- \{name: burst.*\n/, ''),
};
const networks = {
  'a new VPC': [],
  'a new VPC without NAT': ['vpc: {nat: Disable, cidr: 10.0.0.0/16}', 'availabilityZones: [us-east-1a, us-east-1b]'],
  'an existing VPC': [
    'vpc: {id: vpc-0123456789abcdef0, cidr: 10.0.0.0/16, privateSubnets: {us-east-1a: subnet-0a, us-east-1b: subnet-0b}, publicSubnets: {us-east-1a: subnet-0c, us-east-1b: subnet-0d}}',
    'endpoint: {public: true, private: true, publicCidrs: [203.0.113.0/24]}',
    'secretsEncryptionKeyArn: "arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012"',
    'access: [{principalArn: "arn:aws:iam::111122223333:role/admins", policy: cluster-admin}]',
    'tags: {team: platform}',
  ],
};
const logs = {
  'logs and insights': [],
  'logs alone': ['observability: {containerInsights: false, logTypes: [audit], logRetentionDays: 30}'],
  'no observability': ['observability: false', 'rollouts: {cloudWatch: true}'],
};

describe.each(Object.entries(identities))('with %s', (_identity, identity) => {
  describe.each(Object.entries(groups))('and %s', (_groups, base) => {
    describe.each(Object.entries(networks))('in %s', (_network, network) => {
      test.each(Object.entries(logs))('and %s, the ClusterConfig is valid by eksctl’s schema', (_logs, log) => {
        const cluster = base + [...identity, ...network, ...log].map((line) => `${line}\n`).join('');
        const apps = {
          podinfo: withAws,
          web: withIngress.replaceAll('podinfo', 'web'),
          store: withClaim.replaceAll('name: podinfo', 'name: store'),
        };
        const config = configOf(cluster, apps);
        validate(config);
        expect(validate.errors ?? []).toEqual([]);
      });
    });
  });
});

test('the schema does refuse what eksctl does not know', () => {
  expect(validate({ ...configOf(clusterText()), nodegroups: [] })).toBe(false);
});

test('the ClusterConfig is the same whatever the order of the apps', () => {
  const one = configOf(clusterText(), { podinfo: withAws, store: withClaim.replace('name: podinfo', 'name: store') });
  const two = configOf(clusterText(), { store: withClaim.replace('name: podinfo', 'name: store'), podinfo: withAws });
  expect(JSON.stringify(one)).toBe(JSON.stringify(two));
});
