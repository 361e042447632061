import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { put } from '../layout/temporary-root.js';
import { startGitServer } from '../support/git-server.js';
import type { GitServer } from '../support/git-server.js';
import { createAgent, missingForImages } from './jenkins/agent.js';
import type { Agent, AgentOptions } from './jenkins/agent.js';
import { crane, craneProgram } from './jenkins/crane.js';
import { startEcr, startRegistry } from './jenkins/registry.js';
import type { Registry } from './jenkins/registry.js';
import { runPipeline } from './jenkins/run-pipeline.js';
import type { PipelineOutcome, PipelineRun } from './jenkins/run-pipeline.js';
import { commitAndPush, createWorkshop, shell } from './jenkins/workshop.js';
import type { Workshop } from './jenkins/workshop.js';
import { builtSpillway } from './support/built-spillway.js';

// Groovy, git, the registry, buildah and spillway are real. ECR's host name leads to the registry by /etc/hosts in a mount namespace of the
// build's own, with a certificate that the build is told to trust; so the Jenkinsfile is, to the letter, the one that a person gets.
// Of AWS there is a recorder on PATH alone. No Jenkins server runs: its steps are those of jenkins/groovy.

const login = { username: 'ci', password: 'gitops-pa55word' };
const folder = mkdtempSync(join(tmpdir(), 'spillway-pipeline-'));
let git: GitServer;
let ecr: Registry;
let workshop: Workshop;
let builds = 0;

const agent = (options: Partial<AgentOptions> = {}): Agent =>
  createAgent({ folder: mkdtempSync(join(folder, 'agent-')), registry: ecr, ...options });

/** What the command line prints for the app. */
function generated(...flags: readonly string[]): string {
  const args = [builtSpillway(), '--root', workshop.platform, 'pipeline', 'shop', '--builder', 'buildah', ...flags];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function build(on: Agent, change: Partial<PipelineRun> = {}): Promise<PipelineOutcome> {
  builds += 1;
  return runPipeline({
    jenkinsfile: generated(),
    scm: { url: git.url('shop'), branch: 'main', credentialsId: 'gitops' },
    buildNumber: builds,
    jobName: 'shop/main',
    credentials: { gitops: login },
    agent: on,
    folder: join(folder, `build-${builds}`),
    ...change,
  });
}

const statuses = ({ stages }: PipelineOutcome) => stages.map(({ name, status }) => `${name} ${status}`);
const released = ['Checkout', 'Build', 'Test', 'Push', 'Bump'].map((name) => `${name} passed`);
const tags = (registry = ecr, name = 'acme/shop') =>
  crane('ls', '--insecure', `${registry.backend}/${name}`)
    .split('\n')
    .filter((tag) => tag !== '');
/** Head of the GitOps repository, and what its spec says. */
const head = () => git.git('platform', 'rev-parse', 'main');
const spec = () => git.git('platform', 'show', 'main:apps/shop.yaml');

beforeAll(async () => {
  git = await startGitServer({ credentials: login });
  ecr = await startEcr({ folder: join(folder, 'ecr'), repositories: ['acme/shop'] });
  workshop = await createWorkshop(git, folder, `${ecr.host}/acme/shop`, login);
});

afterAll(async () => {
  await ecr.close();
  await git.close();
  rmSync(folder, { recursive: true, force: true });
});

const missing = missingForImages();
if (missing !== undefined) console.warn(`pipelines that build an image are skipped: ${missing}`);
const whereImagesAreBuilt = missing === undefined ? describe : describe.skip;

whereImagesAreBuilt('the generated pipeline', () => {
  test('makes of a push an image in ECR, and of its digest one line in the spec', async () => {
    put(workshop.source, 'greeting.txt', 'hello, world\n');
    const commit = await commitAndPush(workshop.source, 'greet the world');
    const before = await spec();
    const on = agent();
    const outcome = await build(on);
    if (outcome.result !== 'SUCCESS') console.log(outcome.log);
    expect(statuses(outcome)).toEqual(released);

    // What is for Jenkins itself: one build of a branch at a time, an end to it, and an ear for GitHub.
    expect(outcome.agent).toEqual({ label: 'spillway' });
    expect(outcome.triggers).toEqual(['githubPush']);
    expect(outcome.options).toEqual({
      disableConcurrentBuilds: true,
      skipDefaultCheckout: true,
      timeout: { time: 60, unit: 'MINUTES' },
      buildDiscarder: { logRotator: { numToKeepStr: '50' } },
    });

    // The image is the commit's, and what it holds is what was pushed.
    const tag = `${builds}-${commit.slice(0, 12)}`;
    expect(tags()).toEqual([tag]);
    const image = `${ecr.backend}/acme/shop:${tag}`;
    const config = JSON.parse(crane('config', '--insecure', image)) as { config: { Labels: Record<string, string> } };
    expect(config.config.Labels['org.opencontainers.image.revision']).toBe(commit);
    await shell(folder, `'${craneProgram()}' export --insecure ${image} image.tar && tar -xf image.tar greeting.txt`);
    expect(readFileSync(join(folder, 'greeting.txt'), 'utf8')).toBe('hello, world\n');

    // One line of the spec, by digest; dist/ is what the spec renders to; the commit says where it comes from.
    const digest = crane('digest', '--insecure', image);
    expect(await spec()).toBe(
      before.replace('staging: {}', `staging: {image: "${ecr.host}/acme/shop:${tag}@${digest}"}`),
    );
    await shell(workshop.platform, 'git pull -q origin main');
    await shell(workshop.platform, `'${process.execPath}' '${builtSpillway()}' render --check`);
    const message = await git.git('platform', 'log', '-1', '--format=%an <%ae>%n%B', 'main');
    expect(message).toContain('Jenkins <jenkins@localhost>');
    expect(message).toContain(`Source-Commit: ${commit}`);
    expect(message).toContain(`Spillway-Build: ${builds}`);

    // AWS was asked for this and nothing else; nobody got in without a token.
    expect(on.awsCalls()).toEqual([
      'ecr batch-get-repository-scanning-configuration --region us-east-1 --repository-names acme/shop --query scanningConfigurations[0].scanFrequency --output text',
      'ecr get-login-password --region us-east-1',
      'ecr get-login-password --region us-east-1',
    ]);
    expect(ecr.requests.some((line) => line.endsWith(' 401'))).toBe(true);
    expect(ecr.requests).toContain(`PUT /v2/acme/shop/manifests/${tag} 201`);

    // No secret in the log, not even before Jenkins would have masked it; nothing is left behind.
    for (const secret of [ecr.password, login.password]) expect(outcome.rawLog).not.toContain(secret);
    expect(readdirSync(on.environment['TMPDIR'] ?? '')).toEqual([]);
    expect(readdirSync(join(folder, `build-${builds}`, 'workspace'))).toEqual([]);
  });

  test('builds and tests another branch, and releases nothing of it', async () => {
    await shell(workshop.source, 'git checkout -q -b feature');
    put(workshop.source, 'greeting.txt', 'hello from a branch\n');
    await commitAndPush(workshop.source, 'feature', 'feature');
    await shell(workshop.source, 'git checkout -q main');
    const [there, was] = [tags(), await head()];
    const outcome = await build(agent(), { scm: { url: git.url('shop'), branch: 'feature', credentialsId: 'gitops' } });
    expect(outcome.result).toBe('SUCCESS');
    expect(statuses(outcome).slice(2)).toEqual(['Test passed', 'Push skipped', 'Bump skipped']);
    expect([tags(), await head()]).toEqual([there, was]);
  });

  test('stops at a test that fails: nothing is pushed', async () => {
    const [there, was] = [tags(), await head()];
    const outcome = await build(agent(), { jenkinsfile: generated('--test', "grep -q 'no such word' greeting.txt") });
    expect(outcome.result).toBe('FAILURE');
    expect(statuses(outcome).slice(2)).toEqual(['Test failed', 'Push not-run', 'Bump not-run']);
    expect([tags(), await head()]).toEqual([there, was]);
  });

  test('pushes nothing to a repository that ECR does not scan', async () => {
    const there = tags();
    const outcome = await build(agent({ scanFrequency: 'MANUAL' }));
    expect(statuses(outcome).slice(3)).toEqual(['Push failed', 'Bump not-run']);
    expect(outcome.log).toContain('ECR has no repository acme/shop that it scans on push');
    expect(tags()).toEqual(there);
  });

  test('changes no spec with a password that the GitOps repository does not take, and shows none', async () => {
    const was = await head();
    const jenkinsfile = generated('--gitops-credentials', 'other');
    const other = { username: 'ci', password: 'wr0ng-pa55word' };
    const outcome = await build(agent(), { jenkinsfile, credentials: { gitops: login, other } });
    expect(statuses(outcome).slice(3)).toEqual(['Push passed', 'Bump failed']);
    expect(outcome.log.match(/Retrying/g)).toHaveLength(2);
    expect(outcome.rawLog).not.toContain(other.password);
    expect(await head()).toBe(was);
  });

  test('is the same as a shared library that the app calls in three lines', async () => {
    const was = await head();
    const outcome = await build(agent(), {
      jenkinsfile: generated('--library', 'acme'),
      libraries: { spillwayApp: generated('--shared-library') },
    });
    if (outcome.result !== 'SUCCESS') console.log(outcome.log);
    expect(statuses(outcome)).toEqual(released);
    expect(await git.git('platform', 'rev-list', '--count', `${was}..main`)).toBe('1');
    expect(await spec()).toContain(`/acme/shop:${builds}-`);
  });

  test('logs in to a registry that is not ECR with its own password, which no log shows', async () => {
    const registry = await startRegistry({
      folder: join(folder, 'elsewhere'),
      host: 'registry.acme.example',
      repositories: ['shop'],
      username: 'robot',
      password: 'registry-pa55word',
    });
    try {
      const on = agent({ registry });
      const outcome = await build(on, {
        jenkinsfile: generated('--image-repository', `${registry.host}/shop`),
        credentials: { gitops: login, registry: { username: registry.username, password: registry.password } },
      });
      if (outcome.result !== 'SUCCESS') console.log(outcome.log);
      expect(statuses(outcome)).toEqual(released);
      expect(tags(registry, 'shop')).toHaveLength(1);
      expect(await spec()).toContain(`${registry.host}/shop:${builds}-`);
      expect(outcome.rawLog).not.toContain(registry.password);
      expect(on.awsCalls()).toEqual([]);
    } finally {
      await registry.close();
    }
  });
});

describe('the recorder in the place of AWS', () => {
  test('refuses what it does not know to the letter', () => {
    const { environment, awsCalls } = agent();
    const aws = (...args: readonly string[]) => spawnSync('aws', args, { encoding: 'utf8', env: environment });
    expect(aws('ecr', 'get-login-password', '--region', 'us-east-1').stdout.trim()).toBe(ecr.password);
    for (const args of [
      ['ecr', 'get-login-password'],
      ['ecr', 'delete-repository'],
      ['sts', 'get-caller-identity'],
    ])
      expect(aws(...args).status).toBe(252);
    expect(awsCalls()).toHaveLength(4);
  });
});
