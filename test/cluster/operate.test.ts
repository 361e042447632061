import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';

import type { ClusterStatus } from '../../src/live/status.js';
import { recordedTools } from '../support/recorded-tools.js';
import type { RecordedTools } from '../support/recorded-tools.js';
import { startArgocd } from './rig/argocd.js';
import type { Argocd, ArgocdPods } from './rig/argocd.js';
import { startReleaseMirror } from './rig/release-mirror.js';
import type { ReleaseMirror } from './rig/release-mirror.js';
import { FatalError, staysTrue, waitFor } from './rig/wait.js';
import { postPush } from './support/argocd.js';
import { useCluster } from './support/cluster.js';
import { nodesOfGroups } from './support/node-groups.js';
import { playPlatform } from './support/played.js';
import { PlatformRepository } from './support/platform-repository.js';
import { runningPodsOf } from './support/pods.js';
import { runSpillway } from './support/run-spillway.js';
import type { Ended } from './support/run-spillway.js';

// `spillway bootstrap --apply` from an empty cluster to a syncing one, and `spillway status` beside a release that is paused, aborted
// and taken back. eksctl and aws are recorders, everything else is real.

const ending = new AbortController();
const toEnd: (() => Promise<void>)[] = [];

// Before the cluster's own, whose end would find them at work.
afterAll(async () => {
  ending.abort();
  for (const end of toEnd) await end();
});

const cluster = useCluster({ name: 'operate', nodes: nodesOfGroups('staging', { base: 2 }) });

let repository: PlatformRepository;
let mirror: ReleaseMirror;
let argocd: Argocd;
let tools: RecordedTools;
let kubeconfig: string;

/** Runs spillway as a person would, in the work tree of the platform's repository. */
function spillway(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runSpillway({
    args,
    cwd: repository.folder,
    through: mirror.prefix,
    signal: ending.signal,
    env: {
      PATH: [tools.bin, process.env['PATH'] ?? ''].join(':'),
      HOME: cluster().site.folder,
      GIT_CONFIG_NOSYSTEM: '1',
      ...mirror.env,
      ...env,
    },
  });
}

async function status(): Promise<ClusterStatus> {
  const { stdout, stderr } = await spillway(['status', 'staging', '--kubeconfig', kubeconfig, '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as ClusterStatus;
}

const release = () =>
  spillway([
    'status',
    'staging',
    '--kubeconfig',
    kubeconfig,
    '--app',
    'podinfo',
    '--wait',
    '--interval',
    '1s',
    '--timeout',
    '3m',
  ]);

/** The rig's kubeconfig with the context that `aws eks update-kubeconfig --alias staging` makes. */
function asAwsWritesIt(folder: string): string {
  const config = JSON.parse(readFileSync(cluster().kubeconfig, 'utf8')) as { contexts: { name: string }[] };
  for (const context of config.contexts) context.name = 'staging';
  const path = join(folder, 'as-aws-writes-it');
  writeFileSync(path, JSON.stringify({ ...config, 'current-context': 'staging' }));
  return path;
}

/** Argo CD's real parts, as soon as kwok plays their pods. */
async function runArgocd(bootstrap: Promise<Ended>): Promise<void> {
  let ended: Ended | undefined;
  void bootstrap.then((it) => (ended = it));
  const names = ['argocd-redis', 'argocd-repo-server', 'argocd-application-controller', 'argocd-server'] as const;
  const pods = await waitFor(
    'the pods of Argo CD',
    async () => {
      if (ended !== undefined) throw new FatalError(`bootstrap has ended:\n${ended.stderr}`);
      const found = await Promise.all(names.map((name) => runningPodsOf(cluster(), 'argocd', name)));
      return found.every(([pod]) => pod !== undefined) && found.map(([pod]) => pod as V1Pod);
    },
    { timeoutMs: 180_000 },
  );
  argocd = await startArgocd(
    cluster(),
    Object.fromEntries(names.map((name, i) => [name, pods[i]])) as ArgocdPods,
    mirror,
  );
}

test('bootstrap --apply leads from an empty cluster to a syncing one, and says which Secret a person must bring', async () => {
  repository = await PlatformRepository.create({
    apps: ['podinfo'],
    edits: {
      'apps/podinfo.yaml': (text) =>
        text.replace('release: {canary: [50%, 1m]}', 'release: {canary: [50%, pause]}') +
        'env: {API_KEY: {secret: {name: podinfo-keys, key: api-key}}}\n' +
        'externalSecrets: [{name: podinfo-keys, keys: [api-key], source: a vault}]\n',
    },
  });
  repository.onPush = (pushed) => postPush(argocd, repository, pushed);
  toEnd.push(() => repository.close());
  mirror = await startReleaseMirror(cluster());
  toEnd.push(() => mirror.close());
  const folder = mkdtempSync(join(tmpdir(), 'spillway-operate-'));
  kubeconfig = join(folder, 'kubeconfig');
  tools = recordedTools(folder, [
    ['eksctl version', 'echo 0.230.0'],
    ['eksctl create cluster -f eksctl/staging.yaml', 'touch "$STATE/cluster"'],
    [
      'eksctl get nodegroup --cluster staging --region us-east-1 --output json',
      `echo '[{"Name":"base"},{"Name":"burst"}]'`,
    ],
    ['aws --version', 'echo aws-cli/2.27.1'],
    [
      'aws sts get-caller-identity --output json',
      `echo '{"Account":"123456789012","Arn":"arn:aws:iam::123456789012:user/person"}'`,
    ],
    [
      'aws eks describe-cluster --name staging --region us-east-1 --query cluster.status --output text',
      'test -e "$STATE/cluster" && echo ACTIVE && exit; echo "An error occurred (ResourceNotFoundException)" >&2; exit 254',
    ],
    [
      `aws eks update-kubeconfig --name staging --region us-east-1 --alias staging --kubeconfig ${kubeconfig}`,
      `cp '${asAwsWritesIt(folder)}' '${kubeconfig}'`,
    ],
  ]);
  symlinkSync(cluster().site.file('kubectl'), join(tools.bin, 'kubectl'));
  const played = await playPlatform(cluster());
  toEnd.unshift(() => played.end());
  const bootstrap = (env = {}) =>
    spillway(['bootstrap', 'staging', '--apply', '--kubeconfig', kubeconfig, '--timeout', '8m'], env);

  const running = bootstrap();
  const [first] = await Promise.all([running, runArgocd(running)]);
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('missing Secrets: podinfo/podinfo-keys');

  const secrets = join(folder, 'secrets');
  mkdirSync(join(secrets, 'podinfo/podinfo-keys'), { recursive: true });
  writeFileSync(join(secrets, 'podinfo/podinfo-keys/api-key'), 'very secret');
  const second = await bootstrap({ SECRETS: secrets });
  expect(second.code).toBe(0);
  expect(tools.calls().filter((call) => call.startsWith('eksctl create'))).toHaveLength(1);
  expect(first.stderr + second.stderr + second.stdout).not.toContain('very secret');
  expect(await status()).toMatchObject({ state: 'good', missingSecrets: [] });
}, 600_000);

test('status shows a release that is paused and then aborted; --wait ends with the reason, and well after the revert', async () => {
  repository.edit('apps/podinfo.yaml', (text) => text.replace('podinfo:6.9.2', 'podinfo:6.9.3'));
  await repository.renderAndPush('podinfo 6.9.3');
  const waiting = release();
  const paused = await waitFor(
    'the canary to be paused',
    async () => {
      const [app] = (await status()).apps;
      return app?.workload?.phase === 'paused' && app;
    },
    { timeoutMs: 90_000 },
  );
  expect(paused).toMatchObject({
    state: 'waiting',
    workload: { canary: { step: 2, steps: 2, weightPercent: 50, pause: 'until-promoted' } },
    images: { stable: 'ghcr.io/stefanprodan/podinfo:6.9.2', live: 'ghcr.io/stefanprodan/podinfo:6.9.3' },
  });
  const { stdout: table } = await spillway(['status', 'staging', '--kubeconfig', kubeconfig]);
  expect(table).toMatch(/podinfo +Synced +\w+ +canary 50 %, step 2 of 2, paused since .* podinfo:6\.9\.2 → 6\.9\.3/);

  const abort = ['--subresource=status', '--type=merge', '--patch={"status":{"abort":true}}'];
  await cluster().kubectl(['patch', 'rollouts.argoproj.io', 'podinfo', '--namespace=podinfo', ...abort]);
  const aborted = await waiting;
  expect({ code: aborted.code, last: aborted.stderr.trimEnd().split('\n').at(-1) }).toEqual({
    code: 1,
    last: expect.stringContaining(
      'error: podinfo is not released: RolloutAborted: Rollout aborted update to revision 2',
    ),
  });
  const after = await spillway(['status', 'staging', '--kubeconfig', kubeconfig]);
  expect(after.code).toBe(1);
  expect(after.stdout).toMatch(/podinfo +Synced +Degraded +aborted +podinfo:6\.9\.2 \(6\.9\.3 failed\)/);

  await repository.revert();
  expect(await release()).toMatchObject({ code: 0 });
}, 600_000);

test('the guide takes the apps away first: what they have is gone, and Argo CD brings nothing back', async () => {
  const guide = readFileSync('docs/operating.md', 'utf8');
  const commands = guide.split('\n').filter((line) => /^kubectl -n argocd delete (application|\$)/.test(line));
  expect(commands).toHaveLength(2);
  const kubectl = `PATH='${tools.bin}':"$PATH" KUBECONFIG='${kubeconfig}'`;
  const { status: code, stderr } = spawnSync(
    'sh',
    ['-euc', commands.map((it) => `export ${kubectl}; ${it}`).join('\n')],
    {
      encoding: 'utf8',
    },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const left = async (kind: string) =>
    (await cluster().kubectl(['get', kind, '--namespace=podinfo', '--output=name'])).trim();
  expect(await left('rollouts.argoproj.io,services,networkpolicies,poddisruptionbudgets')).toBe('');
  await staysTrue('nothing comes back', 3_000, async () => (await left('rollouts.argoproj.io')) === '');
  expect(await left('secrets')).toBe('secret/podinfo-keys');
});
