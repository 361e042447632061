import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { bootstrapPlan } from '../../../src/live/bootstrap/plan.js';
import type { PlanOptions } from '../../../src/live/bootstrap/plan.js';
import { planJson, planScript } from '../../../src/report/bootstrap.js';
import { podinfo, prod, resolvedCluster } from '../../support/repository.js';

const withSecret = `${podinfo}env: {KEY: {secret: {name: keys, key: api-key}}}
externalSecrets: [{name: keys, keys: [api-key], source: "a vault; \`rm -rf /\` (ask O'Brien)"}]
`;
const withWebhook = prod.replace('branch: main', 'branch: main, webhook: {host: hooks.example.com}');

function plan({
  cluster = prod,
  app = podinfo,
  ...options
}: { cluster?: string; app?: string } & Partial<PlanOptions> = {}) {
  return bootstrapPlan(resolvedCluster({ cluster, apps: { podinfo: app } }), {
    pathPrefix: '',
    connection: {},
    namespaceFiles: new Map([['podinfo', 'dist/prod/platform/namespaces/Namespace-podinfo.yaml']]),
    ...options,
  });
}

const script = (given: Parameters<typeof plan>[0] = {}) => planScript(plan(given), { colour: false });

/** Runs a script in which every program prints the words that it gets, one a line. */
function words(text: string, env: Readonly<Record<string, string>> = {}): string[] {
  const shown = ['eksctl', 'kubectl', 'aws', 'git', 'npx', 'sleep'].map(
    (name) => `${name}() { printf '%s\\n' ${name} "$@" >&2; }`,
  );
  const { stderr } = spawnSync('sh', ['-c', `${shown.join('\n')}\n${text}`], { encoding: 'utf8', env });
  return stderr.split('\n');
}

describe('the plan of a bootstrap', () => {
  test('goes from the tools to a healthy cluster; Secrets come before the root Applications', () => {
    expect(plan({ cluster: withWebhook, app: withSecret }).steps.map(({ id }) => id)).toEqual([
      ...[
        'tools',
        'repository',
        'cluster',
        'kubeconfig',
        'argocd-kinds',
        'credential',
        'secrets',
        'argocd',
        'webhook',
        'wait',
      ],
    ]);
  });

  test('speaks to one context in every command of kubectl', () => {
    const commands = plan({ cluster: withWebhook, app: withSecret }).steps.flatMap((step) => step.commands);
    const kubectl = commands.join('\n').match(/kubectl (?!version|label --local).*/g) ?? [];
    expect(kubectl.length).toBeGreaterThan(8);
    expect(kubectl.filter((command) => !command.startsWith('kubectl --context=prod '))).toEqual([]);
  });

  test('leaves out eksctl and aws where the cluster is there already', () => {
    const text = script({ connection: { context: 'made-by-pulumi', kubeconfig: 'my config' } });
    expect(text).not.toMatch(/^(eksctl|aws) /m);
    expect(text).toContain(`kubectl '--kubeconfig=my config' --context=made-by-pulumi apply`);
  });

  test('its comments do no harm in a shell that takes them for commands, as zsh does', () => {
    const comments = script({ cluster: withWebhook, app: withSecret })
      .split('\n')
      .filter((line) => line.startsWith('#'));
    expect(comments.join('\n')).toContain('podinfo/keys with api-key, for podinfo: a vault');
    expect(comments.filter((line) => /[`$"'\\<>|&;()*?!{}[\]~]/.test(line))).toEqual([]);
  });

  test('every word survives the shell: a path with a blank and a quote in it', () => {
    const all = words(script({ pathPrefix: "o'clock 5/" }));
    expect(all).toEqual(
      expect.arrayContaining(["o'clock 5/eksctl/prod.yaml", "o'clock 5/dist/prod/bootstrap", "o'clock 5"]),
    );
  });

  test('a token and the secret of a webhook are words of no command', () => {
    const text = script({ cluster: withWebhook });
    const all = words(text, { GIT_TOKEN: 'ghp_secret', WEBHOOK_SECRET: 'whs_secret' });
    expect(all).toContain('--from-file=password=/dev/stdin');
    expect(all.filter((word) => /gh._secret|whs_secret/.test(word))).toEqual([]);
  });

  test('without its variable, a Secret is not made of nothing', () => {
    const ssh = prod.replace('https://github.com/', 'ssh://git@github.com/');
    for (const cluster of [withWebhook, ssh])
      expect(words(script({ cluster })).filter((word) => /^(generic|patch)$/.test(word))).toEqual([]);
  });

  test('a declared Secret is made of files, in its own namespace, which comes first', () => {
    const all = words(script({ app: withSecret }), { SECRETS: '/my values' });
    expect(all).toContain('--from-file=api-key=/my values/podinfo/keys/api-key');
    expect(script({ app: withSecret })).toMatch(
      /-f dist\/prod\/platform\/namespaces\/Namespace-podinfo\.yaml\nkubectl .* create secret generic keys -n podinfo/,
    );
  });

  test('two apps that need one Secret get it once, with the keys of both', () => {
    const other = withSecret
      .replaceAll('api-key', 'other-key')
      .replace('name: podinfo', 'name: other\nnamespace: podinfo');
    const cluster = resolvedCluster({ apps: { podinfo: withSecret, other } });
    const { secrets } = bootstrapPlan(cluster, { pathPrefix: '', connection: {}, namespaceFiles: new Map() });
    expect(secrets).toMatchObject([{ name: 'keys', keys: ['api-key', 'other-key'], apps: ['other', 'podinfo'] }]);
  });

  test('says that a private endpoint answers only within the VPC', () => {
    const text = script({ cluster: `${prod}endpoint: {public: false, private: true}\n` });
    expect(text).toContain('Its API answers only within the VPC');
  });

  test('as JSON, has the commands of the script', () => {
    const { steps } = JSON.parse(planJson(plan(), undefined)) as { steps: { commands: string[] }[] };
    for (const command of steps.flatMap(({ commands }) => commands)) expect(script()).toContain(command);
  });
});
