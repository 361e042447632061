import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';

import { expanderEntries, goPattern } from '../../../src/checks/view/expander.js';
import { repositoryRoot } from '../rig/build/paths.js';
import { createPki } from '../rig/pki.js';
import { seenByAutoscaler } from './autoscaler-tags.js';
import { LINT_REASONS, lint } from './cfn-lint.js';
import { startMoto } from './cloud/moto.js';
import type { Moto } from './cloud/moto.js';
import { renderedConfig, withExistingNetwork } from './clusters.js';
import type { ConfigName } from './clusters.js';
import { stacksFixture } from './fixture.js';
import { onlyResource, recordedGroups } from './groups.js';
import type { RecordedGroup } from './groups.js';
import { kubeletFlag } from './node-config.js';
import { record } from './recording.js';
import type { Recording } from './recording.js';

// `eksctl create cluster` is driven to its end, and what it asked CloudFormation for is read.

/** Where the platform of each ClusterConfig is rendered. */
const RECORDED = {
  prod: 'dist/prod',
  staging: 'dist/staging',
  blue: 'test/fixtures/everything/dist/blue',
} as const satisfies Partial<Record<ConfigName, string>>;
type RecordedName = keyof typeof RECORDED;

let moto: Moto;
let folder: string;
const recordings = new Map<RecordedName, { recording: Recording; fixture: string }>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eksctl-stacks-'));
  const pki = await createPki(join(folder, 'pki'));
  moto = await startMoto(folder);
  await Promise.all(
    (Object.keys(RECORDED) as RecordedName[]).map(async (name) => {
      const { config, ids } = await withExistingNetwork(renderedConfig(name), moto);
      const recording = await record(config, moto, pki);
      const given = new Map([...ids].map(([theirs, ec2s]) => [ec2s, theirs]));
      recordings.set(name, { recording, fixture: stacksFixture(recording, given) });
    }),
  );
}, 240_000);

afterAll(async () => {
  await moto.process.stop();
});

describe.each(Object.keys(RECORDED) as RecordedName[])('eksctl create cluster, %s', (name) => {
  test('would have had built what test/fixtures/eksctl-stacks says', () => {
    const { recording, fixture } = recorded(name);
    const file = join(repositoryRoot, 'test', 'fixtures', 'eksctl-stacks', `${recording.cluster}.json`);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, fixture);
    }
    // Stale? UPDATE_GOLDEN=1 npm run test:cluster -- eksctl/stacks, and read the diff.
    expect(fixture).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
  });

  test('makes one group for each of the ClusterConfig, whose name one priority pattern matches: on-demand 50, Spot 10', () => {
    const entries = expanderEntries(priorities(name)) ?? [];
    const found = groups(name).map(({ group: { autoScalingGroup }, spot }) => ({
      spot,
      priorities: entries
        .filter(({ pattern }) => goPattern(pattern)?.test(autoScalingGroup) === true)
        .map((it) => it.priority),
    }));
    expect(found).toEqual(groups(name).map(({ spot }) => ({ spot, priorities: [spot ? 10 : 50] })));
  });

  test('tags each Auto Scaling group so that Cluster Autoscaler finds it and knows what its nodes have', () => {
    for (const { group, config } of groups(name)) {
      const seen = seenByAutoscaler(group, recorded(name).recording.cluster);
      expect(seen.discovered).toBe(true);
      expect(seen.labels).toMatchObject(config.labels);
      expect(seen.taints).toEqual((config.taints ?? []).map(({ key, value, effect }) => `${key}=${value}:${effect}`));
      expect(seen.resources).toEqual({ 'ephemeral-storage': `${config.volumeSize}Gi` });
      // Cluster Autoscaler would ask EKS for a group of this name, which EKS does not know.
      if (!group.managed) expect(group.autoScalingGroupTags).not.toHaveProperty('eks:nodegroup-name');
    }
  });

  test('gives nodes the labels and taints that the tags speak of', () => {
    for (const { group, config } of groups(name)) {
      const taints = (config.taints ?? []).map(({ key, value, effect }) => `${key}=${value}:${effect}`);
      if (group.nodeConfig !== undefined) {
        expect(kubeletFlag(group.nodeConfig, 'node-labels')).toEqual(expect.arrayContaining(pairs(config.labels)));
        expect(kubeletFlag(group.nodeConfig, 'register-with-taints')).toEqual(taints);
        continue;
      }
      const { Labels: labels, Taints: given = [] } = onlyResource(group.stack, 'AWS::EKS::Nodegroup').Properties as {
        Labels: Record<string, string>;
        Taints?: { Key: string; Value: string; Effect: string }[];
      };
      expect(labels).toMatchObject(config.labels);
      const written = { PREFER_NO_SCHEDULE: 'PreferNoSchedule', NO_SCHEDULE: 'NoSchedule', NO_EXECUTE: 'NoExecute' };
      const effect = (text: string): string => written[text as keyof typeof written];
      expect(given.map((it) => `${it.Key}=${it.Value}:${effect(it.Effect)}`)).toEqual(taints);
    }
  });

  test('buys nothing but Spot in Spot groups, where there is most room at a low price', () => {
    for (const { group, spot, config } of groups(name)) {
      if (group.managed) {
        const { CapacityType: bought = 'ON_DEMAND', InstanceTypes: types } = onlyResource(
          group.stack,
          'AWS::EKS::Nodegroup',
        ).Properties;
        expect([bought, types]).toEqual([spot ? 'SPOT' : 'ON_DEMAND', config.instanceTypes]);
        continue;
      }
      const { MixedInstancesPolicy: policy, CapacityRebalance: rebalance = false } = onlyResource(
        group.stack,
        'AWS::AutoScaling::AutoScalingGroup',
      ).Properties;
      expect(policy).toMatchObject({
        InstancesDistribution: {
          OnDemandBaseCapacity: '0',
          OnDemandPercentageAboveBaseCapacity: spot ? '0' : '100',
          ...(spot && { SpotAllocationStrategy: 'price-capacity-optimized' }),
        },
        LaunchTemplate: {
          Overrides: config.instancesDistribution?.instanceTypes.map((type) => ({ InstanceType: type })),
        },
      });
      expect(rebalance).toBe(false);
      expect(group.suspendedProcesses).toEqual(['AZRebalance']);
    }
  });

  test('has every launch template ask for IMDSv2, two hops away at most, and an encrypted gp3 disk', () => {
    for (const { group, config } of groups(name)) {
      expect(group.launchTemplate).toMatchObject({
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: config.volumeSize } },
        ],
      });
    }
  });

  test('gives nodes no permission beyond what a node needs', () => {
    const policies = [
      'AmazonEC2ContainerRegistryPullOnly',
      'AmazonEKSWorkerNodePolicy',
      'AmazonSSMManagedInstanceCore',
    ];
    // Where there is an OIDC provider, the CNI has a role of its own.
    const irsa = recorded(name).recording.stacks[0]?.tags['alpha.eksctl.io/cluster-oidc-enabled'] === 'true';
    const expected = [...policies, ...(irsa ? [] : ['AmazonEKS_CNI_Policy'])].sort();
    for (const { group } of groups(name)) {
      const { ManagedPolicyArns: arns } = onlyResource(group.stack, 'AWS::IAM::Role').Properties as {
        ManagedPolicyArns: { 'Fn::Sub': string }[];
      };
      expect(arns.map((arn) => arn['Fn::Sub'].split('/').at(-1)).sort()).toEqual(expected);
      expect(Object.values(group.stack.template.Resources).map(({ Type }) => Type)).not.toContain('AWS::IAM::Policy');
    }
  });
});

test('cfn-lint finds nothing in the templates that has no reason, and every reason is needed', () => {
  const all = [...recordings.values()].flatMap(({ recording }) => recording.stacks);
  const regions = new Set(Object.keys(RECORDED).map((name) => renderedConfig(name as RecordedName).region));
  const found = lint(all, [...regions], folder);
  expect(found.filter(({ rule }) => !(rule in LINT_REASONS))).toEqual([]);
  expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(Object.keys(LINT_REASONS).sort());
  process.stdout.write(
    `\ncfn-lint read ${all.length} templates of ${recordings.size} clusters: ${found.length} findings, all with a reason\n`,
  );
}, 120_000);

/** A node group as the rendered ClusterConfig has it. */
interface GroupConfig {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly volumeSize: number;
  readonly instanceTypes?: readonly string[];
  readonly instancesDistribution?: { readonly instanceTypes: readonly string[] };
}

/** Every group, as it is rendered and as eksctl would have it built. */
function groups(name: RecordedName): { group: RecordedGroup; spot: boolean; config: GroupConfig }[] {
  const { nodeGroups = [], managedNodeGroups = [] } = load(renderedConfig(name).clusterConfig) as {
    nodeGroups?: GroupConfig[];
    managedNodeGroups?: GroupConfig[];
  };
  const built = recordedGroups(recorded(name).recording);
  const configs = [...nodeGroups, ...managedNodeGroups];
  if (built.length !== configs.length) throw new Error(`${built.length} of ${configs.length} groups were built`);
  return configs.map((config) => {
    const group = built.find((it) => it.name === config.name);
    if (group === undefined) throw new Error(`no stack for ${config.name}`);
    return { group, config, spot: config.labels['node-lifecycle'] === 'spot' };
  });
}

function priorities(name: RecordedName): string {
  const file = join(
    repositoryRoot,
    RECORDED[name],
    'platform/cluster-autoscaler/kube-system.ConfigMap-cluster-autoscaler-priority-expander.yaml',
  );
  return (load(readFileSync(file, 'utf8')) as { data: { priorities: string } }).data.priorities;
}

function pairs(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

function recorded(name: RecordedName): { recording: Recording; fixture: string } {
  const found = recordings.get(name);
  if (found === undefined) throw new Error(`${name} was not recorded`);
  return found;
}
