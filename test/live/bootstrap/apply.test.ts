import { describe, expect, test } from '@jest/globals';
import { applyPlan } from '../../../src/live/bootstrap/apply.js';
import { bootstrapPlan } from '../../../src/live/bootstrap/plan.js';
import { Kubectl } from '../../../src/live/kubectl.js';
import { podinfo, prod, resolvedCluster } from '../../support/repository.js';
import { fakeRun } from '../fake-run.js';
import type { Answers } from '../fake-run.js';

const url = 'https://github.com/acme/platform.git';
const withSecret = `${podinfo}env: {KEY: {secret: {name: keys, key: api-key}}}
externalSecrets: [{name: keys, keys: [api-key], source: a vault}]
`;
const withWebhook = prod.replace('branch: main', 'branch: main, webhook: {host: hooks.example.com}');
const ask = 'kubectl --context=prod --request-timeout=20s get';

/** A machine where everything is there already. */
const finished: Answers = [
  ['eksctl version', { stdout: '0.230.0\n' }],
  ['aws --version', { stdout: 'aws-cli/2.27.1 Python/3.13.4\n' }],
  ['aws sts', { stdout: '{"Account":"111122223333","Arn":"arn:aws:iam::111122223333:user/person"}' }],
  ['aws eks describe-cluster', { stdout: 'ACTIVE\n' }],
  ['eksctl get nodegroup', { stdout: '[{"Name":"base"},{"Name":"burst"}]' }],
  ['aws eks update-kubeconfig', {}],
  ['git --version', { stdout: 'git version 2.47.3\n' }],
  [`git ls-remote --exit-code ${url} refs/heads/main`, { stdout: `${'a'.repeat(40)}\trefs/heads/main\n` }],
  ['git -C . rev-parse --git-dir', { stdout: '.git\n' }],
  ['git -C . cat-file', {}],
  ['git -C . ls-tree', { stdout: '040000 tree a\n100644 blob b\n' }],
  ['git -C . diff', {}],
  [/^env .* git ls-remote/, {}],
  ['kubectl version', { stdout: 'Client Version: v1.35.4\n' }],
  [`${ask} crd`, { stdout: 'customresourcedefinition/applications.argoproj.io\n' }],
  [`${ask} applications.argoproj.io platform`, { stdout: 'dist/prod/argocd' }],
  [`${ask} secrets --namespace=argocd`, {}],
  [`${ask} secret keys`, { stdout: 'keys\tapi-key\n' }],
  [`${ask} secret argocd-secret`, { stdout: 'admin.password\nwebhook.github.secret\n' }],
  ['kubectl --context=prod apply', {}],
  ['for attempt', {}],
];

interface Given {
  readonly answers?: Answers;
  readonly cluster?: string;
  readonly app?: string;
  readonly set?: readonly string[];
  readonly confirmed?: boolean;
}

/** Applies a plan; `answers` come before those of the finished machine. */
async function apply({ answers = [], cluster = prod, app = podinfo, set = [], confirmed = true }: Given = {}) {
  const { run, calls } = fakeRun([...answers, ...finished]);
  const plan = bootstrapPlan(resolvedCluster({ cluster, apps: { podinfo: app } }), {
    pathPrefix: '',
    connection: {},
    namespaceFiles: new Map(),
  });
  const applied = await applyPlan(plan, {
    world: { target: plan, run, kubectl: new Kubectl(run, plan.connection), isSet: (name) => set.includes(name) },
    begin: () => undefined,
    say: () => undefined,
    show: () => undefined,
    confirm: () => Promise.resolve(confirmed),
    wait: () => Promise.resolve(undefined),
  });
  const changes = calls.filter((call) => / (create|apply|patch|update-kubeconfig) /.test(call));
  return {
    applied,
    changes,
    outcomes: Object.fromEntries(applied.map(({ id, outcome }) => [id, outcome])),
    last: applied.at(-1),
  };
}

const nothing: Answers = [
  ['aws eks describe-cluster', { status: 254, stderr: 'An error occurred (ResourceNotFoundException) …' }],
  ['eksctl create cluster', {}],
  [`${ask} crd`, {}],
];

describe('applying the plan', () => {
  test('where nothing is there, makes everything in order', async () => {
    const { outcomes, changes } = await apply({ answers: nothing });
    expect(outcomes).toEqual({
      ...{ tools: 'already', repository: 'already', cluster: 'done', kubeconfig: 'done', 'argocd-kinds': 'done' },
      ...{ credential: 'already', argocd: 'done', wait: 'done' },
    });
    expect(changes.map((call) => call.replace(/ -l .*/s, ''))).toEqual([
      'eksctl create cluster -f eksctl/prod.yaml',
      'aws eks update-kubeconfig --name prod --region us-east-1 --alias prod',
      expect.stringMatching(/-f https:\/\/.*\/v3\.5\.3\/manifests\/install\.yaml$/),
      'kubectl --context=prod apply --server-side --force-conflicts -f dist/prod/bootstrap/Namespace-argocd.yaml',
      'kubectl --context=prod apply --server-side --force-conflicts -k dist/prod/bootstrap',
    ]);
  });

  test('where all is there, makes no second cluster and no second Secret', async () => {
    const { outcomes, changes } = await apply({ cluster: withWebhook, app: withSecret });
    expect(outcomes).toMatchObject({
      cluster: 'already',
      credential: 'already',
      secrets: 'already',
      webhook: 'already',
    });
    expect(changes.filter((call) => / (create|patch) /.test(call))).toEqual([]);
  });

  test('stops at the first failure and says what to do', async () => {
    const { last, changes } = await apply({ answers: [['eksctl create cluster', { status: 1 }], ...nothing] });
    expect(last).toEqual({
      ...{ id: 'cluster', outcome: 'failed', said: 'exit status 1 of: eksctl create cluster -f eksctl/prod.yaml' },
      todo: expect.stringContaining('eksctl delete cluster -f eksctl/prod.yaml --wait'),
    });
    expect(changes).toEqual(['eksctl create cluster -f eksctl/prod.yaml']);
  });

  test('makes the node groups that a broken-off creation left out', async () => {
    const { applied, changes } = await apply({
      answers: [
        ['eksctl get nodegroup', { stdout: '[{"Name":"base"}]' }],
        ['eksctl create addon', {}],
        ['eksctl create nodegroup', {}],
      ],
    });
    expect(applied.find(({ id }) => id === 'cluster')?.outcome).toBe('done');
    expect(changes.slice(0, 2)).toEqual([
      'eksctl create addon -f eksctl/prod.yaml',
      'eksctl create nodegroup -f eksctl/prod.yaml',
    ]);
  });

  test('changes nothing before it is confirmed', async () => {
    const { changes, last } = await apply({ answers: nothing, confirmed: false });
    expect(changes).toEqual([]);
    expect(last).toMatchObject({ outcome: 'failed', said: 'not confirmed' });
  });

  test.each<[string, Answers, string]>([
    ['a tool that is missing', [['eksctl version', { status: 127 }]], 'there is no eksctl on PATH (https://eksctl.io'],
    [
      'one that is too old',
      [['kubectl version', { stdout: 'v1.33.9' }]],
      'kubectl is 1.33.9, needed: kubectl 1.34.0 or later',
    ],
    [
      'nobody who is logged in',
      [['aws sts', { status: 253, stderr: '\nUnable to locate credentials\n' }]],
      'Unable to locate credentials',
    ],
    ['a branch that is not there', [['git ls-remote', { status: 2 }]], `${url} has no branch main`],
    ['a repository that cannot be read', [['git ls-remote', { status: 128, stderr: 'fatal: no' }]], 'fatal: no'],
    [
      'a commit that is not here',
      [['git -C . cat-file', { status: 1 }]],
      'has commit aaaaaaaa, which this checkout has not',
    ],
    ['what is not pushed at all', [['git -C . ls-tree', { stdout: '' }]], 'are not what branch main of'],
    ['what is pushed otherwise', [['git -C . diff', { status: 1 }]], 'are not what branch main of'],
    ['a cluster that goes', [['aws eks describe-cluster', { stdout: 'DELETING' }]], 'cluster prod is DELETING'],
    [
      'AWS that refuses',
      [['aws eks describe-cluster', { status: 254, stderr: 'An error occurred (AccessDenied)' }]],
      'AccessDenied',
    ],
    [
      'a cluster that cannot be reached',
      [[`${ask} crd`, { status: 1, stderr: 'error: Unauthorized' }]],
      'Unauthorized',
    ],
    [
      'another cluster behind the context',
      [[`${ask} applications.argoproj.io platform`, { stdout: 'dist/staging/argocd' }]],
      'this is another cluster: its root reads dist/staging/argocd',
    ],
  ])('%s stops it before anything is written to the cluster', async (_, answers, said) => {
    const { last, changes } = await apply({ answers });
    expect(last).toMatchObject({ outcome: 'failed', said: expect.stringContaining(said) });
    expect(changes.filter((call) => !call.startsWith('aws'))).toEqual([]);
  });

  test("credentials of another account than the spec's stop it", async () => {
    const { last } = await apply({ cluster: `${prod}accountId: "444455556666"\n` });
    expect(last?.said).toBe(
      "these are credentials of AWS account 111122223333, and the cluster's spec says 444455556666",
    );
  });

  test('a repository that not everybody may read wants a token, unless Argo CD has one for it', async () => {
    const closed: Answers = [[/^env .* git ls-remote/, { status: 128 }]];
    expect((await apply({ answers: closed })).last).toMatchObject({ id: 'credential', outcome: 'failed' });
    const there: Answers = [...closed, [`${ask} secrets --namespace=argocd`, { stdout: 'https://github.com/acme\n' }]];
    expect((await apply({ answers: there })).outcomes).toMatchObject({ credential: 'already' });
    const withToken: Answers = [...closed, ['test -n "$GIT_TOKEN"', {}]];
    expect((await apply({ answers: withToken, set: ['GIT_TOKEN'] })).outcomes).toMatchObject({ credential: 'done' });
  });

  test('a Secret that nobody can make is said, with its keys and source, and does not stop it', async () => {
    const { applied } = await apply({ app: withSecret, answers: [[`${ask} secret keys`, {}]] });
    expect(applied.find(({ id }) => id === 'secrets')).toEqual({
      ...{ id: 'secrets', outcome: 'skipped' },
      said: 'still missing, and their apps wait for them: podinfo/keys (api-key), from: a vault',
    });
    expect(applied.at(-1)).toEqual({ id: 'wait', outcome: 'done' });
  });

  test('a missing Secret is made where a file is there for each of its keys', async () => {
    const answers = (status: number): Answers => [
      [`${ask} secret keys`, {}],
      ['sh -c for file', { status }],
      ['kubectl --context=prod create secret generic keys', {}],
    ];
    const made = async (status: number) =>
      (await apply({ app: withSecret, answers: answers(status), set: ['SECRETS'] })).changes.filter((call) =>
        call.includes('keys'),
      );
    expect(await made(0)).toHaveLength(1);
    expect(await made(1)).toEqual([]);
  });

  test('without a secret for the webhook it goes on: Argo CD asks Git by itself', async () => {
    const { outcomes } = await apply({ cluster: withWebhook, answers: [[`${ask} secret argocd-secret`, {}]] });
    expect(outcomes).toMatchObject({ webhook: 'skipped', wait: 'done' });
  });
});
