import { clusterConfigPath } from './steps.js';
import { gitAccess } from '../../model/git-access.js';
import { credentialVariable } from './credential.js';
import { complaint, done, stop, todo } from './findings.js';
import type { Finding, Looks, World } from './findings.js';
import { lookAtSecrets } from './look-at-secrets.js';
import { lookAtTools } from './look-at-tools.js';
import { command } from './shell.js';

/** What is looked at before each step: nothing here changes anything. */
export const looks: Looks = {
  tools: lookAtTools,
  repository: lookAtRepository,
  cluster: lookAtCluster,
  'argocd-kinds': lookAtArgoCd,
  credential: lookAtCredential,
  secrets: lookAtSecrets,
  webhook: lookAtWebhook,
};

/** Argo CD reads what is pushed, so that must be what is here. */
async function lookAtRepository({ run, target }: World): Promise<Finding> {
  const { repository, branch, pathPrefix } = target;
  const remote = await run('git', ['ls-remote', '--exit-code', repository, `refs/heads/${branch}`]);
  if (remote.status === 2) return stop(`${repository} has no branch ${branch}`, 'commit, and push it');
  if (remote.status !== 0) return stop(complaint(remote), `can you read ${repository}?`);
  const [pushed = ''] = remote.stdout.split(/\s/);
  const git = (...args: string[]) => run('git', ['-C', pathPrefix === '' ? '.' : pathPrefix, ...args]);
  if ((await git('rev-parse', '--git-dir')).status !== 0)
    return done(`${pushed.slice(0, 8)}; this is no checkout of it`);
  if ((await git('cat-file', '-e', `${pushed}^{commit}`)).status !== 0)
    return stop(`branch ${branch} has commit ${pushed.slice(0, 8)}, which this checkout has not`, 'git pull');
  const paths = [`dist/${target.cluster}`, `eksctl/${target.cluster}.yaml`];
  const listed = await git('ls-tree', pushed, '--', ...paths);
  const same = listed.stdout.trim().split('\n').length === paths.length;
  if (!same || (await git('diff', '--quiet', pushed, '--', ...paths)).status !== 0)
    return stop(`${paths.join(' and ')} are not what branch ${branch} of ${repository} has`, 'commit and push them');
  return done(`${branch} is at ${pushed.slice(0, 8)}, and what is rendered here is what it has`);
}

async function lookAtCluster({ run, target }: World): Promise<Finding> {
  const { cluster: name, region, nodeGroups } = target;
  const described = await run('aws', [
    ...['eks', 'describe-cluster', '--name', name, '--region', region],
    ...['--query', 'cluster.status', '--output', 'text'],
  ]);
  if (described.status !== 0)
    return described.stderr.includes('ResourceNotFoundException')
      ? todo
      : stop(complaint(described), 'it needs eks:DescribeCluster');
  const status = described.stdout.trim();
  if (status !== 'ACTIVE' && status !== 'UPDATING')
    return stop(
      `cluster ${name} is ${status}`,
      `wait until it is ACTIVE or gone: eksctl get cluster --region ${region}`,
    );
  const groups = await run('eksctl', ['get', 'nodegroup', '--cluster', name, '--region', region, '--output', 'json']);
  if (groups.status !== 0) return stop(complaint(groups), 'eksctl has to be able to list its node groups');
  const missing = nodeGroups.filter((group) => !namesIn(groups.stdout).includes(group));
  if (missing.length === 0) return done(`cluster ${name} is ${status}`);
  // It broke off half-way. `create nodegroup -f` leaves those alone that are there (eksctl v0.230.0, pkg/ctl/create).
  return {
    kind: 'todo',
    said: `cluster ${name} is ${status}, without node groups: ${missing.join(', ')}`,
    commands: ['addon', 'nodegroup'].map((what) => command('eksctl', 'create', what, '-f', clusterConfigPath(target))),
  };
}

function namesIn(json: string): string[] {
  try {
    const groups: unknown = JSON.parse(json);
    return Array.isArray(groups) ? groups.map((group: { Name?: unknown }) => String(group.Name)) : [];
  } catch {
    return [];
  }
}

/** Says which cluster it is before anything is written to it. */
async function lookAtArgoCd({ kubectl, target }: World): Promise<Finding> {
  const there = await kubectl.text('get', 'crd', 'applications.argoproj.io', '--ignore-not-found', '--output=name');
  if (!there.ok) return stop(there.error, `kubectl has to reach cluster ${target.cluster}`);
  if (there.value.trim() === '') return todo;
  const root = await kubectl.text(
    ...['get', 'applications.argoproj.io', 'platform', '--namespace=argocd', '--ignore-not-found'],
    '--output=jsonpath={.spec.source.path}',
  );
  if (!root.ok) return stop(root.error, 'it needs to read the Applications in namespace argocd');
  const path = root.value.trim();
  const wanted = `dist/${target.cluster}/argocd`;
  if (path !== '' && path !== wanted && !path.endsWith(`/${wanted}`))
    return stop(`this is another cluster: its root reads ${path}`, 'name the right one with --context');
  return { kind: 'todo', said: 'already there: applied again' };
}

/** Whether anybody may read the repository: asked without any credentials or settings of the person. */
async function lookAtCredential({ run, kubectl, target, isSet }: World): Promise<Finding> {
  const { repository } = target;
  const variable = credentialVariable(repository);
  if (isSet(variable)) return todo;
  const urls = await kubectl.text(
    ...['get', 'secrets', '--namespace=argocd', '--ignore-not-found'],
    '--selector=argocd.argoproj.io/secret-type in (repository,repo-creds)',
    '--output=go-template={{range .items}}{{if .data.url}}{{.data.url | base64decode}}{{"\\n"}}{{end}}{{end}}',
  );
  if (!urls.ok) return stop(urls.error, 'it needs to read the Secrets in namespace argocd');
  if (urls.value.split('\n').some((url) => url !== '' && repository.startsWith(url)))
    return done('there is one already');
  const why = `$${variable} is not set`;
  if (gitAccess(repository) === 'key') return stop(why, `put the file of a deploy key for ${repository} into it`);
  const anonymous = ['HOME=/nonexistent', 'GIT_CONFIG_NOSYSTEM=1', 'GIT_TERMINAL_PROMPT=0', 'GIT_ASKPASS=true'];
  const open = await run('env', [...anonymous, 'git', 'ls-remote', '--exit-code', repository, 'HEAD']);
  if (open.status === 0 || open.status === 2) return done('not needed: everybody may read it');
  return stop(`${repository} is not open to everybody, and ${why}`, 'put a token that may read it into $GIT_TOKEN');
}

async function lookAtWebhook({ kubectl, isSet }: World): Promise<Finding> {
  if (isSet('WEBHOOK_SECRET')) return todo;
  const key = await kubectl.text(
    ...['get', 'secret', 'argocd-secret', '--namespace=argocd', '--ignore-not-found'],
    '--output=go-template={{if .data}}{{range $key, $value := .data}}{{$key}}{{"\\n"}}{{end}}{{end}}',
  );
  if (!key.ok) return stop(key.error, 'it needs to read Secret argocd-secret');
  if (key.value.split('\n').includes('webhook.github.secret')) return done('there is one already');
  return { kind: 'skip', said: '$WEBHOOK_SECRET is not set: Argo CD will ask Git every two to three minutes' };
}
