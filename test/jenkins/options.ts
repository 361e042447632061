import type { PipelineOptions } from '../../src/jenkins/plan.js';

/** The options as the command line has them where a person says nothing. */
export const defaults: PipelineOptions = {
  builder: 'docker',
  dockerfile: 'Dockerfile',
  context: '.',
  test: 'make test',
  branch: 'main',
  agent: 'spillway',
  author: 'Jenkins <jenkins@acme.example>',
  gitopsCredentials: 'gitops',
  registryCredentials: 'registry',
  waitTimeout: '30m',
};

/** A repository of ECR. */
export const ecr = '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/podinfo';
