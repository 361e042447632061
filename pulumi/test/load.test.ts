import { describe, expect, test } from '@jest/globals';
import { loadCluster } from '../src/load.js';
import { prod, withRepository } from './temporary-repository.js';

const refusal = (cluster: string, name = 'prod') =>
  withRepository({ cluster }, (root) => loadCluster(root, name)).then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('a cluster is loaded', () => {
  test('as the renderer resolves it', async () => {
    const cluster = await withRepository({}, (root) => loadCluster(root, 'prod'));
    expect(cluster).toMatchObject({ name: 'prod', identity: 'pod-identity', vpc: { cidr: '192.168.0.0/16' } });
  });
});

describe('refused at the line that says it is', () => {
  test('a patch of the ClusterConfig, which Pulumi does not read', async () => {
    const patch = '{op: add, path: /metadata/annotations, value: {owner: ann}}';
    expect(await refusal(`${prod}eksctl: {patches: [${patch}]}\n`)).toContain(
      'clusters/prod.yaml:9:20  error  the patch of /metadata/annotations changes eksctl’s ClusterConfig',
    );
  });

  test('an instance type with accelerators, whose machine image is another', async () => {
    expect(await refusal(prod.replace('[m6i.large]', '[g5.xlarge]'))).toMatch(
      /clusters\/prod\.yaml:5:\d+ +error +g5\.xlarge of node group base has accelerators/,
    );
  });

  test('whatever the renderer refuses', async () => {
    expect(await refusal(prod.replace('"1.35"', '"1.20"'))).toMatch(
      /clusters\/prod\.yaml:3:\d+ +error +Kubernetes 1\.20/,
    );
  });

  test('a cluster that is not there, with those that are', async () => {
    expect(await refusal(prod, 'qa')).toMatch(/no cluster qa .*there are prod$/);
  });
});
