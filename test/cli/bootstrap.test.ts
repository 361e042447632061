import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { temporaryRoot } from '../layout/temporary-root.js';
import { recordedTools } from '../support/recorded-tools.js';
import type { RecordedTools, Rule } from '../support/recorded-tools.js';
import { podinfo, prod } from '../support/repository.js';
import { spillway } from './run-spillway.js';
import type { Run } from './run-spillway.js';

const url = 'https://github.com/acme/platform.git';
const withSecret = `${podinfo}env: {KEY: {secret: {name: keys, key: api-key}}}
externalSecrets: [{name: keys, keys: [api-key], source: "a vault; \`rm -rf /\` (ask O'Brien)"}]
`;
const withWebhook = prod.replace('branch: main', 'branch: main, webhook: {host: hooks.example.com}');

const kubectl = 'kubectl --context=prod';
const anyTimeout = `${kubectl} --request-timeout=20s`;

/** A machine where nothing is there yet: neither cluster nor Secrets, and a repository that everybody may read. */
const machine: readonly Rule[] = [
  ['eksctl version', 'echo 0.230.0'],
  ['eksctl create cluster -f *', 'touch "$STATE/cluster"'],
  ['eksctl get nodegroup *', `echo '[{"Name":"base"},{"Name":"burst"}]'`],
  ['aws --version', 'echo aws-cli/2.27.1 Python/3.13'],
  ['aws sts get-caller-identity*', `echo '{"Account":"111122223333","Arn":"arn:aws:iam::111122223333:user/person"}'`],
  [
    'aws eks describe-cluster *',
    'test -e "$STATE/cluster" && echo ACTIVE && exit; echo "An error occurred (ResourceNotFoundException): none" >&2; exit 254',
  ],
  ['aws eks update-kubeconfig *', ''],
  ['git --version', 'echo git version 2.47.3'],
  [`git ls-remote --exit-code ${url} refs/heads/main`, `printf '%s\\trefs/heads/main\\n' ${'a'.repeat(40)}`],
  [`git ls-remote --exit-code ${url} HEAD`, ''],
  ['git -C * rev-parse *', 'exit 128'],
  ['kubectl version --client', 'echo Client Version: v1.35.4'],
  [
    `${anyTimeout} get crd *`,
    'test -e "$STATE/argocd" && echo customresourcedefinition/applications.argoproj.io; exit 0',
  ],
  [`${anyTimeout} get applications.argoproj.io platform *`, 'test -e "$STATE/argocd" && echo dist/prod/argocd; exit 0'],
  [`${anyTimeout} get secrets --namespace=argocd *`, ''],
  [`${anyTimeout} get secret argocd-secret *`, ''],
  [`${anyTimeout} get secret keys *`, `test -e "$STATE/keys" && printf 'keys\\tapi-key\\n'; exit 0`],
  [`${kubectl} apply --server-side --force-conflicts -f https://*`, ''],
  [`${kubectl} wait *`, ''],
  [`${kubectl} apply --server-side --force-conflicts -f *Namespace-argocd.yaml`, ''],
  [`${kubectl} apply --server-side --force-conflicts -k *`, 'touch "$STATE/argocd"'],
  [`${kubectl} apply --server-side --force-conflicts -f -`, 'record'],
  [`${kubectl} create secret generic repository *`, 'cat'],
  ['kubectl label --local *', 'cat'],
  [`${kubectl} -n argocd patch secret argocd-secret *`, 'record'],
  [`${kubectl} apply -f *Namespace-podinfo.yaml`, ''],
  [`${kubectl} create secret generic keys *`, 'touch "$STATE/keys"; for last; do :; done; echo "$*"'],
  [`${kubectl} apply --server-side -f -`, 'record'],
  [`${anyTimeout} get applications.argoproj.io --namespace=argocd *`, 'cat "$STATE/applications"'],
  [`${anyTimeout} get rollouts.argoproj.io *`, 'exit 0'],
  [`${anyTimeout} get deployments.apps *`, 'cat "$STATE/deployments"'],
];

const healthy = { sync: { status: 'Synced', revision: 'a'.repeat(40) }, health: { status: 'Healthy' } };
const application = (name: string, project: string) => ({
  metadata: { name },
  spec: { project, source: { path: name === 'platform' ? 'dist/prod/argocd' : `dist/prod/${name}` } },
  status: healthy,
});

interface Given {
  readonly cluster?: string;
  readonly app?: string;
  readonly rules?: readonly Rule[];
}

/** A rendered repository on a machine whose tools are recorders; `rules` come before the usual ones. */
function given({ cluster = prod, app = podinfo, rules = [] }: Given = {}) {
  const root = temporaryRoot({ 'clusters/prod.yaml': cluster, 'apps/podinfo.yaml': app });
  expect(spillway(root, ['render']).code).toBe(0);
  const tools = recordedTools(temporaryRoot(), [...rules, ...machine]);
  const names = ['platform', 'apps', 'argocd', 'argo-rollouts', 'cluster-autoscaler', 'metrics-server', 'namespaces'];
  const platform = [...names, 'node-termination-handler', 'aws-load-balancer-controller'].map((name, i) =>
    application(i < 3 ? name : `platform-${name}`, 'platform'),
  );
  writeFileSync(
    join(tools.state, 'applications'),
    JSON.stringify({ kind: 'List', items: [...platform, application('podinfo', 'apps-podinfo')] }),
  );
  writeFileSync(
    join(tools.state, 'deployments'),
    JSON.stringify({
      metadata: { name: 'podinfo', namespace: 'podinfo', generation: 1 },
      spec: {
        replicas: 2,
        template: { spec: { containers: [{ name: 'podinfo', image: 'ghcr.io/stefanprodan/podinfo:6.9.2' }] } },
      },
      status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
    }),
  );
  const path = `${tools.bin}:/usr/bin:/bin`;
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Run =>
    spillway(root, ['bootstrap', 'prod', ...args], {
      PATH: path,
      GIT_TOKEN: '',
      SECRETS: '',
      WEBHOOK_SECRET: '',
      ...env,
    });
  return { root, tools, path, run, apply: (env = {}) => run(['--apply', '--yes'], env) };
}

/** Calls that change something. */
function changes({ calls }: RecordedTools): string[] {
  return calls().filter((call) => / (create|apply|patch|update-kubeconfig) /.test(call) && !call.includes('nodegroup'));
}

const fromNothing = [
  'eksctl create cluster -f eksctl/prod.yaml',
  'aws eks update-kubeconfig --name prod --region us-east-1 --alias prod',
  expect.stringMatching(/^kubectl --context=prod apply .* -f https:.*v3\.5\.3\/manifests\/install\.yaml -l app/),
  'kubectl --context=prod apply --server-side --force-conflicts -f dist/prod/bootstrap/Namespace-argocd.yaml',
  'kubectl --context=prod apply --server-side --force-conflicts -k dist/prod/bootstrap',
];

describe('spillway bootstrap', () => {
  test('prints a script that does what --apply does, in the same order', () => {
    const printed = given();
    const { code, stdout, stderr } = printed.run([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(printed.tools.calls()).toEqual([]);
    const npx = temporaryRoot();
    writeFileSync(join(npx, 'npx'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    const env = { PATH: `${npx}:${printed.path}` };
    expect(spawnSync('sh', ['-c', stdout], { cwd: printed.root, encoding: 'utf8', env }).stderr).toBe('');
    expect(changes(printed.tools)).toEqual(fromNothing);

    const applied = given();
    expect(applied.apply().code).toBe(0);
    expect(changes(applied.tools)).toEqual(fromNothing);
  });

  test('--apply stops at the first failure, goes on from there, and a third time changes nothing', () => {
    const { apply, tools } = given({
      rules: [
        [
          'eksctl create cluster -f *',
          'test -e "$STATE/fixed" || { echo "stack failed" >&2; exit 1; }; touch "$STATE/cluster"',
        ],
      ],
    });
    const { code, stderr } = apply();
    expect(code).toBe(1);
    expect(stderr).toContain('[3/8] The cluster: about 20 minutes');
    expect(stderr).toContain(
      'stack failed\nerror: exit status 1 of: eksctl create cluster -f eksctl/prod.yaml\n  what to do: ',
    );
    expect(changes(tools)).toEqual(fromNothing.slice(0, 1));
    writeFileSync(join(tools.state, 'fixed'), '');
    expect(apply().code).toBe(0);
    expect(changes(tools)).toEqual([fromNothing[0], ...fromNothing]);
    const again = apply();
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('cluster prod is ACTIVE');
    expect(again.stderr).toContain('already there: applied again');
    expect(again.stdout).toMatch(/podinfo +Synced +Healthy +2 of 2 pods +podinfo:6\.9\.2/);
    expect(changes(tools).filter((call) => call.startsWith('eksctl'))).toHaveLength(2);
  });

  test('takes secrets by reference, and shows none of them', () => {
    const { root, apply, tools } = given({
      cluster: withWebhook,
      app: withSecret,
      rules: [[`git ls-remote --exit-code ${url} HEAD`, 'exit 128']],
    });
    const values = { GIT_TOKEN: 'ghp_secret', WEBHOOK_SECRET: 'whs_secret' };
    const without = apply(values);
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('all else is healthy; missing Secrets: podinfo/keys');
    mkdirSync(join(root, 'values/podinfo/keys'), { recursive: true });
    writeFileSync(join(root, 'values/podinfo/keys/api-key'), 'key_secret');
    const made = apply({ ...values, SECRETS: 'values' });
    expect(made.code).toBe(0);
    expect(tools.recorded()).toContain('ghp_secret');
    expect(tools.recorded()).toContain('{"stringData":{"webhook.github.secret":"whs_secret"}}');
    expect(tools.recorded()).toContain('--from-file=api-key=values/podinfo/keys/api-key');
    for (const { stdout, stderr } of [without, made]) expect(stdout + stderr).not.toContain('_secret');
    expect(tools.calls().join('\n')).not.toContain('_secret');
  });

  test('--apply wants --yes for a production cluster where nobody can be asked, and files that are up to date', () => {
    const { root, run, tools } = given();
    expect(run(['--apply'])).toMatchObject({ code: 2, stderr: expect.stringContaining('add --yes') });
    writeFileSync(join(root, 'apps/podinfo.yaml'), podinfo.replace('6.9.2', '6.9.3'));
    expect(run(['--apply', '--yes'])).toMatchObject({ code: 2, stderr: expect.stringContaining('not up to date') });
    expect(tools.calls()).toEqual([]);
    expect(given({ cluster: `${prod}production: false\n` }).run(['--apply']).code).toBe(0);
  });
});
