import { failure, type Outcome } from './failure.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** A repository at GitHub, or at a GitHub Enterprise Server. */
export interface GitHubRepository {
  readonly owner: string;
  readonly name: string;
  /** Such as https://github.com: GITHUB_SERVER_URL, as GitHub Actions sets it. */
  readonly server: string;
  /** Such as https://api.github.com: GITHUB_API_URL, as GitHub Actions sets it. */
  readonly api: string;
}

export interface PullRequest {
  readonly title: string;
  readonly body: string;
  /** Branch that holds the change. */
  readonly head: string;
  /** Branch that it shall go to. */
  readonly base: string;
}

/** The GitHub repository that a remote's URL names (https, ssh or `git@host:owner/name`); undefined where it is elsewhere. */
export function gitHubRepository(remoteUrl: string, env: Environment): GitHubRepository | undefined {
  const server = withoutSlash(env['GITHUB_SERVER_URL'] ?? 'https://github.com');
  const api = withoutSlash(env['GITHUB_API_URL'] ?? 'https://api.github.com');
  const short = /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(remoteUrl);
  const url = short ? `ssh://${short[1] ?? ''}/${short[2] ?? ''}` : remoteUrl;
  if (!URL.canParse(url) || !URL.canParse(server)) return undefined;
  const { host, hostname, protocol, pathname } = new URL(url);
  const there = new URL(server);
  // ssh has a port of its own.
  if (protocol === 'ssh:' ? hostname !== there.hostname : host !== there.host) return undefined;
  const [, owner, name] = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(pathname) ?? [];
  return owner === undefined || name === undefined ? undefined : { owner, name, server, api };
}

/** Where a person opens the pull request with a click. */
export function comparePage({ server, owner, name }: GitHubRepository, { head, base }: PullRequest): string {
  return `${server}/${owner}/${name}/compare/${encodeURIComponent(base)}...${head.split('/').map(encodeURIComponent).join('/')}?expand=1`;
}

/**
 * Opens the pull request, or finds the open one of the same branches; returns the address of its page. (REST API "Pulls", version
 * 2022-11-28: GET and POST /repos/{owner}/{repo}/pulls.)
 */
export async function ensurePullRequest(
  repository: GitHubRepository,
  token: string,
  { title, body, head, base }: PullRequest,
): Promise<Outcome<string>> {
  const { owner, name, api } = repository;
  const pulls = `${api}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/pulls`;
  const query = new URLSearchParams({ state: 'open', head: `${owner}:${head}`, base });
  const open = await ask(`${pulls}?${query.toString()}`, token);
  if ('diagnostics' in open) return open;
  const there = Array.isArray(open.value) ? pageOf(open.value[0]) : undefined;
  if (there !== undefined) return { value: there };
  const made = await ask(pulls, token, { title, body, head, base });
  if ('diagnostics' in made) return made;
  const page = pageOf(made.value);
  return page === undefined ? failed('its answer names no page') : { value: page };
}

async function ask(url: string, token: string, body?: object): Promise<Outcome<unknown>> {
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'spillway',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (response.ok) return { value: JSON.parse(text) as unknown };
    return failed(`${response.status} ${response.statusText}: ${reasonIn(text)}`);
  } catch (error) {
    return failed(error instanceof Error ? causeOf(error) : String(error));
  }
}

function failed(why: string) {
  return failure('pull-request-failed', `GitHub opened no pull request: ${why}`);
}

/** fetch says "fetch failed"; what failed is its cause. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function reasonIn(text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as { message?: unknown; errors?: unknown };
    const details = Array.isArray(errors)
      ? errors.flatMap((error: unknown) => (error as { message?: unknown } | null)?.message ?? [])
      : [];
    return [message, ...details].filter((part) => typeof part === 'string').join(': ');
  } catch {
    return text.slice(0, 200);
  }
}

function pageOf(value: unknown): string | undefined {
  const page = (value as { html_url?: unknown } | null | undefined)?.html_url;
  return typeof page === 'string' ? page : undefined;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
