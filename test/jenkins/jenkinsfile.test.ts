import { describe, expect, test } from '@jest/globals';
import { buildProgram } from '../../src/cli/program.js';
import { jenkinsfile, libraryCall, sharedLibrary } from '../../src/jenkins/jenkinsfile.js';
import type { PipelineInputs } from '../../src/jenkins/inputs.js';
import { planPipeline, type PipelineOptions } from '../../src/jenkins/plan.js';
import { podinfo, prod, resolvedApp } from '../support/repository.js';
import { defaults, ecr } from './options.js';

function inputs(options: Partial<PipelineOptions> = {}, cluster = prod): PipelineInputs {
  const resolved = resolvedApp(podinfo, cluster);
  const plan = planPipeline(resolved.app, resolved.cluster, { ...defaults, imageRepository: ecr, ...options });
  if (plan.inputs === undefined) throw new Error(JSON.stringify(plan.diagnostics));
  return plan.inputs;
}
const stages = (text: string) => [...text.matchAll(/stage\('(\w+)'\)/g)].map(([, name]) => name);
/** Text of one stage. */
const stage = (text: string, name: string) =>
  text.split(/(?=^ +stage\(')/m).find((part) => part.includes(`'${name}'`)) ?? '';

describe('a Jenkinsfile', () => {
  test('builds, tests, pushes and bumps, and waits only where that is asked for', () => {
    expect(stages(jenkinsfile(inputs()))).toEqual(['Checkout', 'Build', 'Test', 'Push', 'Bump']);
    expect(stages(jenkinsfile(inputs({ wait: true })))).toEqual(['Checkout', 'Build', 'Test', 'Push', 'Bump', 'Wait']);
  });

  test('releases one branch only: what others do ends with their tests', () => {
    const text = jenkinsfile(inputs({ wait: true, branch: 'trunk' }));
    for (const name of ['Push', 'Bump', 'Wait']) expect(stage(text, name)).toContain("when { branch 'trunk' }");
    for (const name of ['Checkout', 'Build', 'Test']) expect(stage(text, name)).not.toContain('when');
  });

  test('has no two builds of a branch at once, ends in time, and gives the wait its own', () => {
    expect(jenkinsfile(inputs())).toContain('disableConcurrentBuilds()');
    expect(jenkinsfile(inputs())).toContain("timeout(time: 60, unit: 'MINUTES')");
    expect(jenkinsfile(inputs({ wait: true, waitTimeout: '45m' }))).toContain("timeout(time: 105, unit: 'MINUTES')");
    expect(stage(jenkinsfile(inputs({ wait: true, waitTimeout: '45m' })), 'Wait')).toContain('--wait --timeout 45m');
  });

  test('asks ECR whether it scans before it pushes', () => {
    const push = stage(jenkinsfile(inputs()), 'Push');
    const order = ['batch-get-repository-scanning-configuration', 'get-login-password', 'docker push'];
    expect(order.map((words) => push.indexOf(words)).sort((a, b) => a - b)).toEqual(order.map((w) => push.indexOf(w)));
    expect(push).toContain(
      'aws ecr get-login-password --region "$ECR_REGION" | docker login --username AWS --password-stdin',
    );
  });

  test('logs in elsewhere with a password that no traced command holds', () => {
    const push = stage(jenkinsfile(inputs({ imageRepository: 'ghcr.io/acme/podinfo' })), 'Push');
    expect(push).not.toContain('aws');
    const lines = push.split('\n').map((line) => line.trim());
    const login = lines.findIndex((line) => line.includes('$REGISTRY_PASSWORD'));
    expect(lines.slice(login - 1, login + 2)).toEqual([
      'set +x',
      expect.stringContaining('--password-stdin'),
      'set -x',
    ]);
  });

  test('is one text for Groovy: it replaces nothing in what the shell gets', () => {
    for (const options of [{}, { wait: true }, { builder: 'buildah' as const }, { imageRepository: 'ghcr.io/a/b' }])
      expect(jenkinsfile(inputs(options))).not.toContain('"""');
    expect(jenkinsfile(inputs({ test: `grep 'a\\d' "$X"` }))).toContain(`sh 'grep \\'a\\\\d\\' "$X"'`);
  });

  test('speaks to Git as the URL of the repository asks', () => {
    expect(stage(jenkinsfile(inputs()), 'Bump')).toContain(
      "gitUsernamePassword(credentialsId: 'gitops', gitToolName: 'Default')",
    );
    const key = jenkinsfile(inputs({}, prod.replace('https://github.com/', 'git@github.com:')));
    expect(stage(key, 'Bump')).toContain("sshUserPrivateKey(credentialsId: 'gitops', keyFileVariable: 'GITOPS_KEY')");
    expect(stage(key, 'Bump')).toContain("export GIT_SSH_COMMAND=\"ssh -i '$GITOPS_KEY'");
    expect(key).not.toContain('StrictHostKeyChecking');
  });

  test('says who commits, for git and spillway find nobody on an agent', () => {
    const text = jenkinsfile(inputs({ author: 'Build Server <ci@acme.example>' }));
    for (const role of ['AUTHOR', 'COMMITTER']) {
      expect(text).toContain(`GIT_${role}_NAME = 'Build Server'`);
      expect(text).toContain(`GIT_${role}_EMAIL = 'ci@acme.example'`);
    }
  });

  test('logs in for the digest only where spillway cannot do it by the AWS command line', () => {
    expect(stage(jenkinsfile(inputs()), 'Bump')).not.toContain('login');
    const elsewhere = stage(jenkinsfile(inputs({ imageRepository: 'ghcr.io/acme/podinfo' })), 'Bump');
    expect(elsewhere).toContain('--password-stdin "$SPILLWAY_REGISTRY"');
  });

  test('calls spillway with commands and options that there are', () => {
    const calls = jenkinsfile(inputs({ wait: true })).match(/^ *spillway .*$/gm) ?? [];
    const names = calls.map((call) => {
      const [, name = '', rest = ''] = /spillway --root "[^"]+" (\w+) (.*)/.exec(call) ?? [];
      const command = buildProgram(() => undefined).commands.find((candidate) => candidate.name() === name);
      for (const [flag] of rest.matchAll(/--[\w-]+/g)) expect(command?.options.map(({ long }) => long)).toContain(flag);
      return name;
    });
    expect(names).toEqual(['bump', 'status']);
  });

  test('gives buildah what it needs without a daemon', () => {
    const text = jenkinsfile(inputs({ builder: 'buildah' }));
    expect(text).toContain("BUILDAH_ISOLATION = 'chroot'");
    expect(text).toContain("STORAGE_DRIVER = 'vfs'");
    expect(text).not.toContain('docker ');
  });

  test('knows an AWS key by its id alone, and only where there is one', () => {
    expect(jenkinsfile(inputs())).not.toContain('AWS_ACCESS_KEY_ID');
    expect(stage(jenkinsfile(inputs({ awsCredentials: 'ecr-push' })), 'Push')).toContain(
      "usernamePassword(credentialsId: 'ecr-push', usernameVariable: 'AWS_ACCESS_KEY_ID', passwordVariable: 'AWS_SECRET_ACCESS_KEY')",
    );
  });
});

describe('the shared library', () => {
  test('is the same pipeline, with the app’s own words as parameters', () => {
    const own = jenkinsfile(inputs({ wait: true }))
      .split('\n')
      .slice(2);
    const library = sharedLibrary(inputs({ wait: true }))
      .split('\n')
      .slice(3, -2);
    const filled = library.map((line) =>
      line
        .replace(/^ {2}/, '')
        .replace('"${config.app}"', "'podinfo'")
        .replace('"${config.repository}"', "'shop/podinfo'")
        .replace('"${config.test}"', "'make test'"),
    );
    expect(filled).toEqual(own.slice(0, -1));
  });

  test('is called in three lines', () => {
    expect(libraryCall(inputs(), 'acme@v1')).toBe(
      "@Library('acme@v1') _\n\nspillwayApp(app: 'podinfo', repository: 'shop/podinfo', test: 'make test')\n",
    );
  });
});
