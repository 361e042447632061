import { describe, expect, test } from '@jest/globals';
import { planPipeline, type PipelineOptions } from '../../src/jenkins/plan.js';
import { podinfo, prod, resolvedApp } from '../support/repository.js';
import { defaults, ecr } from './options.js';

const plan = (options: Partial<PipelineOptions> = {}, cluster = prod) => {
  const resolved = resolvedApp(podinfo, cluster);
  return planPipeline(resolved.app, resolved.cluster, { ...defaults, imageRepository: ecr, ...options });
};

describe('what a pipeline is made of', () => {
  test('comes from the specs and the options', () => {
    expect(plan({ wait: true, waitTimeout: '2h', awsCredentials: 'aws' })).toEqual({
      inputs: {
        app: 'podinfo',
        cluster: 'prod',
        image: {
          registry: '123456789012.dkr.ecr.us-east-1.amazonaws.com',
          name: 'shop/podinfo',
          ecr: { accountId: '123456789012', region: 'us-east-1' },
        },
        gitops: { repository: 'https://github.com/acme/platform.git', branch: 'main', path: '.' },
        branch: 'main',
        builder: 'docker',
        dockerfile: 'Dockerfile',
        context: '.',
        test: 'make test',
        agent: 'spillway',
        author: { name: 'Jenkins', email: 'jenkins@acme.example' },
        credentials: { gitops: 'gitops', registry: 'registry', aws: 'aws', kubeconfig: 'kubeconfig-prod' },
        waitMinutes: 120,
      },
      diagnostics: [],
    });
  });

  test('the specs may lie in a folder of their repository', () => {
    const { inputs } = plan({}, prod.replace('branch: main', 'branch: live, path: teams/shop/'));
    expect(inputs?.gitops).toEqual({
      repository: 'https://github.com/acme/platform.git',
      branch: 'live',
      path: 'teams/shop',
    });
  });

  test('a registry that is not ECR is taken from the image, and said', () => {
    const { app, cluster } = resolvedApp(podinfo);
    const { inputs, diagnostics } = planPipeline(app, cluster, defaults);
    expect(inputs?.image).toEqual({ registry: 'ghcr.io', name: 'stefanprodan/podinfo' });
    expect(diagnostics).toMatchObject([{ code: 'pipeline-registry', severity: 'warning' }]);
    expect(diagnostics[0]?.message).toMatch(/^ghcr.io is not Amazon ECR/);
  });

  test('a GitOps repository that agents cannot reach is said', () => {
    const { diagnostics } = plan({}, prod.replace('https://github.com/acme/platform.git', 'file:///srv/platform.git'));
    expect(diagnostics).toMatchObject([{ code: 'pipeline-repository', severity: 'warning' }]);
  });

  test.each<[string, Partial<PipelineOptions>]>([
    ['--image-repository', { imageRepository: 'shop"; id; "' }],
    ['--dockerfile', { dockerfile: 'a b' }],
    ['--dockerfile', { dockerfile: '../Dockerfile' }],
    ['--context', { context: '$(id)' }],
    ['--test', { test: 'make\ntest' }],
    ['--test', { test: ' ' }],
    ['--branch', { branch: '-x' }],
    ['--agent', { agent: "a' || 'b" }],
    ['--author', { author: 'Jenkins' }],
    ['--author', { author: '<jenkins@acme.example>' }],
    ['--gitops-credentials', { gitopsCredentials: 'a b' }],
    ['--registry-credentials', { registryCredentials: '' }],
    ['--aws-credentials', { awsCredentials: "'" }],
    ['--kubeconfig-credentials', { kubeconfigCredentials: 'a/b' }],
    ['--wait-timeout', { waitTimeout: '30' }],
    ['--wait-timeout', { waitTimeout: '0m' }],
    ['--library', { library: "x')_" }],
  ])('%s is refused where it would break out of its place', (flag, options) => {
    const { inputs, diagnostics } = plan(options);
    expect(inputs).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'invalid-option', severity: 'error' }]);
    expect(diagnostics[0]?.message).toContain(`\`${flag}\` is ${JSON.stringify(Object.values(options)[0])}, not `);
  });
});
