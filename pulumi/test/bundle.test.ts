import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

// The bundle as Pulumi runs it: found by package.json, in this folder, told by the stack's configuration which cluster it is.

const folder = join(__dirname, '..');

const host = `
const { runtime } = require('@pulumi/pulumi');
const types = [];
runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    types.push(type);
    const eksCluster = { endpoint: 'https://prod.example', certificateAuthority: { data: '' }, kubernetesNetworkConfig: { serviceIpv4Cidr: '10.100.0.0/16' } };
    const nodeGroup = { resources: [{ autoscalingGroups: [{ name: 'eks' }] }] };
    return { id: name, state: type.startsWith('eks:') ? { eksCluster, nodeGroup } : inputs };
  },
  call: () => ({ names: ['us-east-1a', 'us-east-1b', 'us-east-1c'], insecureValue: 'ami-0' }),
}, 'spillway', 'prod', false);
runtime.setAllConfig(JSON.parse(process.argv[1]));
require('.')().then(
  async ({ clusterName }) => { await runtime.disconnect(); console.log(JSON.stringify({ clusterName, types })); },
  (error) => { console.error(error.message); process.exitCode = 1; },
);
`;

function run(config: Readonly<Record<string, string>>): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', host, JSON.stringify(config)], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { status, stdout, stderr };
}

describe('the program that `pulumi up` runs', () => {
  test('builds the cluster that the stack’s configuration names', () => {
    const { status, stdout, stderr } = run({ 'spillway:cluster': 'prod', 'aws:region': 'us-east-1' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const told = JSON.parse(stdout) as { clusterName: string; types: string[] };
    expect(told.clusterName).toBe('prod');
    expect(told.types).toEqual(
      expect.arrayContaining(['eks:index:Cluster', 'eks:index:ManagedNodeGroup', 'spillway:eks:SelfManagedNodeGroup']),
    );
  });

  test('says which region is meant where the stack is in another', () => {
    const { status, stderr } = run({ 'spillway:cluster': 'prod', 'aws:region': 'eu-west-1' });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'cluster prod is in us-east-1, but the stack in eu-west-1: pulumi config set aws:region us-east-1\n',
    );
  });

  test('says which clusters there are where it knows none of that name', () => {
    const { status, stderr } = run({ 'spillway:cluster': 'qa', 'aws:region': 'us-east-1' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^there is no cluster qa below .*: there are prod, staging\n$/);
  });
});
