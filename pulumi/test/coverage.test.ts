import { beforeAll, describe, expect, test } from '@jest/globals';
import { clusterFields, nodeGroupFields } from '../src/coverage.js';
import { loadCluster } from '../src/load.js';
import { record } from './recording.js';
import { prod, shop, withRepository } from './temporary-repository.js';

/** What another value of a field is: other text of the cluster, or other apps. */
interface Other {
  readonly cluster?: string;
  readonly apps?: Readonly<Record<string, string>>;
}

const more = (line: string): Other => ({ cluster: `${prod}${line}\n` });
const instead = (from: string, to: string): Other => ({ cluster: prod.replace(from, to) });

/** For every field of which the program makes something: a value other than prod’s. */
const otherValues: Readonly<Record<string, Other>> = {
  // In the name of every resource; another one would be another file.
  name: {},
  region: instead('us-east-1', 'cn-north-1'),
  accountId: more('accountId: "111122223333"'),
  kubernetesVersion: instead('1.35', '1.34'),
  extendedSupport: more('extendedSupport: false'),
  nodeGroups: instead('max: 6', 'max: 7'),
  identity: more('identity: irsa\naccountId: "111122223333"'),
  availabilityZones: more('availabilityZones: [us-east-1c, us-east-1d]'),
  vpc: more('vpc: {cidr: 10.0.0.0/16}'),
  endpoint: instead('203.0.113.0/24', '198.51.100.0/24'),
  secretsEncryptionKeyArn: more('secretsEncryptionKeyArn: arn:aws:kms:us-east-1:111122223333:key/1111-2222'),
  access: more('access: [{principalArn: "arn:aws:iam::111122223333:role/dev", policy: view}]'),
  observability: more('observability: {logRetentionDays: 30}'),
  tags: more('tags: {team: platform}'),
  features: { apps: { shop: `${shop}scale: {min: 1, max: 1}\nvolumes: [{name: d, path: /d, claim: {size: 1Gi}}]\n` } },
  controllerRoles: { apps: { shop: `${shop}ingress: {host: shop.example.com}\n` } },
  apps: { apps: { shop: `${shop}aws: {policies: ["arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"]}\n` } },
};

/** The same for the fields of the second group, which is Spot. */
const otherGroupValues: Readonly<Record<string, Other>> = {
  name: instead('name: burst', 'name: surge'),
  capacity: instead('{name: burst, capacity: spot', '{name: burst, capacity: on-demand'),
  managed: instead('capacity: spot', 'capacity: spot, managed: true'),
  instanceTypes: instead('[m6i.large, m5.large]', '[m5.large, m6i.large]'),
  min: instead('min: 0', 'min: 1'),
  max: instead('max: 20', 'max: 21'),
  volumeSizeGiB: instead('max: 20', 'max: 20, volumeSize: 80'),
  availabilityZones: instead('max: 20', 'max: 20, availabilityZones: [us-east-1a]'),
  labels: instead('max: 20', 'max: 20, labels: {team: shop}'),
  taints: instead('capacity: spot', 'capacity: on-demand'),
  tags: instead('max: 20', 'max: 20, tags: {cost: "1"}'),
};

const asked = (specs: Other) =>
  withRepository(specs, async (root) => {
    const { resources } = await record(await loadCluster(root, 'prod'));
    const written = resources.map(({ type, name, inputs: { cluster: _, ...inputs } }) =>
      JSON.stringify({ type, name, inputs }),
    );
    return written.sort().join('\n');
  });

let usual: string;
beforeAll(async () => {
  usual = await asked({});
});

const ofAws = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).flatMap(([field, carried]) => (carried === 'aws' ? [field] : []));

describe('every field that reaches AWS', () => {
  test('is tried below', () => {
    expect(Object.keys(otherValues).sort()).toEqual(ofAws(clusterFields).sort());
    expect(Object.keys(otherGroupValues).sort()).toEqual(ofAws(nodeGroupFields).sort());
  });

  test.each(ofAws(clusterFields).filter((field) => field !== 'name'))('%s changes what is asked for', async (field) => {
    expect(await asked(otherValues[field] ?? {})).not.toBe(usual);
  });

  test.each(ofAws(nodeGroupFields))('%s of a node group changes what is asked for', async (field) => {
    expect(await asked(otherGroupValues[field] ?? {})).not.toBe(usual);
  });
});
