import type { Outcome } from '../../delivery/failure.js';
import { comparePage, ensurePullRequest, gitHubRepository, type PullRequest } from '../../delivery/github.js';
import type { Target } from '../../delivery/land.js';
import { pushRequestBranch, requestBranch } from '../../delivery/request-branch.js';
import { summaryOf, type Change } from './change.js';

type Bumped = Extract<Change, { readonly kind: 'bumped' }>;

/**
 * Pushes the bump to a branch of its own and opens a pull request, where GITHUB_TOKEN (or GH_TOKEN) lets it; otherwise says where a person
 * opens it. Returns what to tell.
 */
export async function openPullRequest(
  target: Target,
  base: string,
  change: Bumped,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Outcome<readonly string[]>> {
  const { commit, record } = change;
  const { remote, repository } = target;
  const branch = requestBranch(record);
  const pushed = await pushRequestBranch(target, { base, commit, record, branch });
  if ('diagnostics' in pushed) return pushed;
  const where = [`on ${branch}, pushed to ${remote}`];

  const url = await repository.git.text(['remote', 'get-url', '--push', remote]);
  const gitHub = gitHubRepository(url, env);
  // Other hosts say themselves, in answer to the push, where a merge request is opened.
  const offered = /^remote:\s+(https?:\/\/\S+)/m.exec(pushed.value.said)?.[1];
  if (gitHub === undefined)
    return {
      value: [
        ...where,
        offered === undefined ? 'open the pull request where the repository is hosted' : `open it: ${offered}`,
      ],
    };

  const request: PullRequest = {
    title: summaryOf(record),
    body: requestBody(change),
    head: branch,
    base: target.branch,
  };
  const page = comparePage(gitHub, request);
  const token = env['GITHUB_TOKEN'] ?? env['GH_TOKEN'];
  if (token === undefined || token === '') return { value: [...where, `open it: ${page}`] };
  const opened = await ensurePullRequest(gitHub, token, request);
  if ('value' in opened) return { value: [...where, opened.value] };
  const hint = `the branch ${branch} is pushed; open it by hand: ${page}`;
  return { diagnostics: opened.diagnostics.map((diagnostic) => ({ ...diagnostic, hint })) };
}

/** What changes, object by object, for who reviews it; the images in full, since the title names the versions only. */
export function requestBody({ record, changes, remarks }: Bumped): string {
  const { app, cluster, image, previousImage = 'none', build, sourceCommit, promotedFrom } = record;
  const words = { create: 'new', update: 'changes', delete: 'goes', unchanged: 'stays' } as const;
  const rows = [
    ['app', app],
    ['cluster', cluster],
    ['image', `\`${image}\``],
    ['before', `\`${previousImage}\``],
    ...(build === undefined ? [] : [['build', String(build)]]),
    ...(sourceCommit === undefined ? [] : [['source commit', sourceCommit]]),
    ...(promotedFrom === undefined ? [] : [['promoted from', promotedFrom]]),
  ];
  const objects = changes
    .filter(({ owner }) => owner !== 'index')
    .map(({ kind, path }) => `- ${objectOf(path)} ${words[kind]} (\`${path}\`)`);
  return [
    '| | |',
    '| --- | --- |',
    ...rows.map(([name = '', value = '']) => `| ${name} | ${value} |`),
    '',
    '**Objects**',
    '',
    ...(objects.length === 0 ? ['- none'] : objects),
    ...(remarks.length === 0 ? [] : ['', '**Remarks**', '', ...remarks.map(({ message }) => `- ${message}`)]),
    '',
    'Made by `spillway bump`: the spec and dist/ change together. Merging it is the release.',
    '',
  ].join('\n');
}

/** `Rollout shop` of dist/prod/apps/shop/shop.Rollout-shop.yaml: files are called after their one object. */
function objectOf(path: string): string {
  const [, kind = '', name = ''] = /(?:^|[/.])([A-Z][A-Za-z]*)-([^/]+)\.yaml$/.exec(path) ?? [];
  return kind === '' ? path : `${kind} ${name}`;
}
