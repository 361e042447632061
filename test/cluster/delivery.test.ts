import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { put } from '../layout/temporary-root.js';
import { startGitServer } from '../support/git-server.js';
import type { GitServer } from '../support/git-server.js';
import { createAgent, missingForImages } from './jenkins/agent.js';
import { crane } from './jenkins/crane.js';
import { startEcr } from './jenkins/registry.js';
import type { Registry } from './jenkins/registry.js';
import { runPipeline } from './jenkins/run-pipeline.js';
import type { PipelineOutcome } from './jenkins/run-pipeline.js';
import { commitAndPush, shell } from './jenkins/workshop.js';
import { waitFor } from './rig/wait.js';
import { application } from './support/applications.js';
import { watchEndpoints } from './support/endpoints.js';
import { useGitOps } from './support/gitops.js';
import { nodesOfGroups } from './support/node-groups.js';
import { describeRelease, podsByImage, rolloutOf, waitForPhase } from './support/releases.js';
import { runSpillway } from './support/run-spillway.js';
import type { Ended } from './support/run-spillway.js';
import { Timeline } from './support/timeline.js';
import { watch } from './support/watch.js';

// The whole way of a version, twice: a push to an app's source → webhook → pipeline → image in the registry → one line of the GitOps
// repository → Argo CD → canary → promoted; and the same with a version that fails. What is not real: Jenkins itself (its steps are run by its
// own Groovy, see pipeline.test.ts), AWS' login, the nodes, and the containers. As nothing runs in these, the metric that the analysis asks for
// answers from what the image of the canary holds: so what the developer pushed decides what becomes of it.

const METRIC_PORT = 18_090;
const REPOSITORY = 'acme/podinfo';
const FIRST = '123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/podinfo:1.0.0';

const source = {
  Dockerfile: 'FROM scratch\nCOPY success-share /success-share\nENTRYPOINT ["/success-share"]\n',
  Makefile: 'test:\n\tgrep -Eq "^0[.][0-9]+$$" success-share\n',
  'success-share': '0.99\n',
};

const missing = missingForImages();
if (missing !== undefined) console.warn(`the whole chain is skipped: ${missing}`);
const whereImagesAreBuilt = missing === undefined ? describe : describe.skip;

whereImagesAreBuilt('from a push of source to a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-delivery-'));
  const clone = join(folder, 'source');
  let ecr: Registry;
  let github: GitServer;
  /** Told by the webhook of the app's repository: what a multibranch job does with it. */
  let build: Promise<PipelineOutcome> | undefined;
  let builds = 0;
  let timeline = new Timeline();

  // Before the cluster's own end, and after its beginning.
  afterAll(async () => {
    await build?.catch(() => undefined);
    metric.close();
    metric.closeAllConnections();
    await ecr.close();
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const gitops = useGitOps({
    cluster: { name: 'delivery', nodes: nodesOfGroups('staging', { base: 2 }) },
    as: 'staging',
    repository: {
      apps: ['podinfo'],
      edits: {
        'apps/podinfo.yaml': (spec) =>
          spec
            .replace('ghcr.io/stefanprodan/podinfo:6.9.2', FIRST)
            .replace(
              'staging: {scale: {min: 1, max: 4}, release: {canary: [50%, 1m]}}',
              `staging: {scale: {min: 4, max: 8}, release: {canary: [25%, 8s, 50%, 8s], analysis: {web: {url: "http://127.0.0.1:${METRIC_PORT}/", jsonPath: "{$.share}", successCondition: result >= 0.95, interval: 2s, count: 3}}}}`,
            ) + 'delivery: {bumps: staging}\n',
      },
    },
  });

  /** The share of good answers that the version under test would give, by what its image holds. */
  const metric = createServer((_request, response) => {
    rolloutOf(gitops().cluster, 'podinfo', 'podinfo')
      .then((rollout) => {
        const image = rollout.spec.template.spec.containers.find(({ name }) => name === 'podinfo')?.image ?? '';
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ share: Number(fileOf(image, 'success-share')) }));
      })
      .catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
  });

  beforeAll(async () => {
    ecr = await startEcr({ folder: join(folder, 'ecr'), repositories: [REPOSITORY] });
    github = await startGitServer({
      afterPush: ({ ref, new: commit }) => {
        if (ref !== 'refs/heads/main' || commit === undefined) return;
        timeline.note('the source is pushed, the webhook has begun a build');
        build = pipeline(commit);
      },
    });
    await github.create('podinfo');
    await shell(folder, `git clone -q '${github.url('podinfo')}' '${clone}' && git -C '${clone}' checkout -q -B main`);
    await new Promise<void>((resolve) => metric.listen(METRIC_PORT, '127.0.0.1', resolve));
  });

  test('a push becomes a canary and then the version that serves', async () => {
    const { cluster, repository } = gitops();
    await waitForPhase(cluster, 'podinfo', 'podinfo', 'Healthy');
    const endpoints = watchEndpoints(cluster, 'podinfo', 'podinfo');
    const before = await repository.git('ls-remote', 'origin', 'refs/heads/main');

    const { commit, outcome } = await pushSource(source, 'Answer 99 of 100');
    expect(outcome.stages.map(({ name, status }) => `${name} ${status}`)).toEqual(
      ['Checkout', 'Build', 'Test', 'Push', 'Bump', 'Wait'].map((stage) => `${stage} passed`),
    );
    // One commit, which says which source it is; the image that runs is the one that was built, by its digest.
    await repository.git('fetch', '--quiet', 'origin');
    expect(await repository.git('rev-list', '--count', `${before.split('\t')[0] ?? ''}..origin/main`)).toBe('1');
    expect(await repository.git('log', '-1', '--format=%B', 'origin/main')).toContain(`Source-Commit: ${commit}`);
    const image = `${ecr.host}/${REPOSITORY}:1-${commit.slice(0, 12)}@${digestOf(`1-${commit.slice(0, 12)}`)}`;
    const versions = await podsByImage(cluster, 'podinfo', 'podinfo');
    expect(Object.keys(versions)).toEqual([image]);
    expect((await application(cluster, 'podinfo'))?.status).toMatchObject({
      sync: { status: 'Synced', revision: await repository.git('rev-parse', 'origin/main') },
      health: { status: 'Healthy' },
    });
    const counts = await endpoints.end();
    expect(counts.length).toBeGreaterThan(2);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(4);
    console.log(`From a push of source to the version that serves\n${timeline.toString()}`);
  });

  test('a version that fails ends on the old one, and everybody is told why', async () => {
    const { cluster, repository } = gitops();
    const old = await podsByImage(cluster, 'podinfo', 'podinfo');
    const endpoints = watchEndpoints(cluster, 'podinfo', 'podinfo');

    const { commit, outcome } = await pushSource({ 'success-share': '0.10\n' }, 'Answer one of ten');
    expect(outcome.stages.map(({ name, status }) => `${name} ${status}`)).toEqual([
      ...['Checkout', 'Build', 'Test', 'Push', 'Bump'].map((stage) => `${stage} passed`),
      'Wait failed',
    ]);
    const why = /RolloutAborted.*Metric "web" assessed Failed due to failed \(\d+\) > failureLimit \(0\)/;
    expect(outcome.log).toMatch(why);

    await waitFor('only the old version to run', async () => {
      const versions = await podsByImage(cluster, 'podinfo', 'podinfo');
      return Object.keys(versions).join() === Object.keys(old).join();
    });
    timeline.note('only the old version runs');
    // It was the source's digest that was refused, not something else.
    const { spec } = await rolloutOf(cluster, 'podinfo', 'podinfo');
    expect(spec.template.spec.containers[0]?.image).toContain(`:2-${commit.slice(0, 12)}@sha256:`);
    expect(Math.min(...(await endpoints.end()))).toBeGreaterThanOrEqual(4);

    await repository.git('pull', '--quiet', 'origin', 'main');
    const status = await spillway(['status', 'staging', '--kubeconfig', cluster.kubeconfig]);
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(why);
    console.log(`A version that fails\n${timeline.toString()}\n\n$ spillway status staging\n${status.stdout}`);
  });

  /** Pushes a change of the app's source and follows what comes of it, to the end of the build that the webhook began. */
  async function pushSource(
    files: Readonly<Record<string, string>>,
    message: string,
  ): Promise<{ commit: string; outcome: PipelineOutcome }> {
    const { cluster, repository } = gitops();
    for (const [path, text] of Object.entries(files)) put(clone, path, text);
    timeline = new Timeline();
    const before = await repository.git('ls-remote', 'origin', 'refs/heads/main');
    const watching = watch(async () => {
      const head = await repository.git('ls-remote', 'origin', 'refs/heads/main');
      if (head === before) return;
      timeline.note('one line of the GitOps repository is another');
      const synced = (await application(cluster, 'podinfo'))?.status?.sync;
      if (synced?.revision !== head.split('\t')[0]) return;
      timeline.note(`Argo CD has seen the commit: ${synced?.status ?? ''}`);
      const versions = await podsByImage(cluster, 'podinfo', 'podinfo');
      const pods = Object.entries(versions).map(([image, count]) => `${count} × ${tagOf(image)}`);
      timeline.note(`${describeRelease(await rolloutOf(cluster, 'podinfo', 'podinfo'))}: ${pods.sort().join(', ')}`);
    });
    try {
      build = undefined;
      const commit = await commitAndPush(clone, message);
      const outcome = await (await waitFor('the webhook to begin a build', () => build && { build })).build;
      timeline.note(`the pipeline ends: ${outcome.result}`);
      const stages = outcome.stages.map(({ name, seconds }) => `${name} ${(seconds ?? 0).toFixed(0)} s`);
      timeline.note(`(its stages: ${stages.join(', ')})`);
      if (outcome.stages.some(({ name, status }) => name !== 'Wait' && status !== 'passed')) console.log(outcome.log);
      return { commit, outcome };
    } finally {
      await watching.end();
    }
  }

  /** What a multibranch job does when GitHub tells it of a commit, with the Jenkinsfile that a person gets. */
  async function pipeline(commit: string): Promise<PipelineOutcome> {
    const { cluster, repository } = gitops();
    builds += 1;
    const { code, stdout, stderr } = await spillway([
      ...['--root', repository.folder, 'pipeline', 'podinfo', '--builder', 'buildah', '--wait'],
      ...['--image-repository', `${ecr.host}/${REPOSITORY}`],
    ]);
    if (code !== 0) throw new Error(stderr);
    return runPipeline({
      jenkinsfile: stdout,
      scm: { url: github.url('podinfo'), branch: 'main', commit },
      buildNumber: builds,
      jobName: 'podinfo/main',
      credentials: {
        gitops: { username: 'ci', password: 'nobody asks here' },
        'kubeconfig-staging': { file: readFileSync(cluster.kubeconfig, 'utf8') },
      },
      agent: createAgent({
        folder: mkdtempSync(join(folder, 'agent-')),
        registry: ecr,
        path: [dirname(cluster.site.file('kubectl'))],
      }),
      folder: join(folder, `build-${builds}`),
    });
  }

  /** Runs spillway as a person would, in the work tree of the GitOps repository. */
  function spillway(args: readonly string[]): Promise<Ended> {
    const { cluster, repository } = gitops();
    const path = `${dirname(cluster.site.file('kubectl'))}:${process.env['PATH'] ?? ''}`;
    const env = { ...process.env, PATH: path, NO_COLOR: '1' };
    return runSpillway({ args, cwd: repository.folder, env });
  }

  function digestOf(tag: string): string {
    return crane('digest', '--insecure', `${ecr.backend}/${REPOSITORY}:${tag}`);
  }

  /** The text of a file that an image holds. */
  function fileOf(image: string, file: string): string {
    const archive = join(folder, 'image.tar');
    crane('export', '--insecure', image.replace(ecr.host, ecr.backend).replace(/:[^:@/]+@/, '@'), archive);
    return spawnSync('tar', ['-xOf', archive, file], { encoding: 'utf8' }).stdout;
  }
});

function tagOf(image: string): string {
  return /:([^:@/]+)(?:@|$)/.exec(image)?.[1] ?? image;
}
