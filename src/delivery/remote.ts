import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { failure, type Outcome } from './failure.js';
import { lastWords, type Git } from './git.js';

/** How talking to a remote ended. `again` where trying again can help: somebody was faster, or the network failed. */
export type Talk<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'again'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: ReturnType<typeof failure> };

/** Its background work is for the person's own commands to start, not for ours. */
const quietly = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];

/**
 * Brings a remote's branch into the clone and says where it is. Objects come, and no ref moves: what runs beside this in the same clone, or
 * was killed in it with a lock on a ref, is not in the way.
 */
export async function fetchBranch(git: Git, remote: string, branch: string, timeoutMs: number): Promise<Talk<string>> {
  const what = `cannot fetch ${branch} from ${remote}`;
  const ref = `refs/heads/${branch}`;
  const listed = await git.run(['ls-remote', '--quiet', '--exit-code', remote, ref], { timeoutMs });
  if (listed.code === 2) {
    const hint = 'name another one with --branch, or push this one first';
    return { kind: 'refused', why: failure('git-branch-missing', `${remote} has no branch ${branch}`, hint) };
  }
  if (listed.code !== 0) return networkTrouble(what, listed.stderr);
  const commit = listed.stdout.toString().split('\t')[0] ?? '';

  // An empty --refmap keeps fetch from moving the remote-tracking branch, too.
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', '--no-recurse-submodules'];
  const fetched = await git.run([...quietly, 'fetch', ...options, remote, ref], { timeoutMs });
  if (fetched.code !== 0) return networkTrouble(what, fetched.stderr);
  // It may have moved on between the two, and then holds this commit; after a forced push it does not.
  if ((await git.ask(['cat-file', '-t', commit])) === 'commit') return { kind: 'done', value: commit };
  return { kind: 'again', why: `${branch} was replaced meanwhile` };
}

/**
 * Pushes a commit to a branch, without force. What moved meanwhile is `again`; so is a server that takes one push at a time
 * ("cannot lock ref", "failed to update ref": receive-pack of two pushes that overlap).
 */
export async function pushCommit(
  git: Git,
  { remote, commit, branch, lease }: { remote: string; commit: string; branch: string; lease?: string },
  timeoutMs: number,
): Promise<Talk<{ readonly said: string }>> {
  const force = lease === undefined ? [] : [`--force-with-lease=refs/heads/${branch}:${lease}`];
  const { code, stdout, stderr } = await git.run(
    [...quietly, 'push', '--porcelain', ...force, remote, `${commit}:refs/heads/${branch}`],
    { timeoutMs },
  );
  if (code === 0) return { kind: 'done', value: { said: stderr } };
  const rejection = /^!\t\S+\t\[([^\]]+)\](?: \((.*)\))?$/m.exec(stdout.toString());
  if (rejection === null) return networkTrouble(`cannot push to ${remote}`, stderr);
  const [, kind = '', reason = ''] = rejection;
  if (kind === 'rejected' || /lock|failed to update ref|incorrect old value|already exists/.test(reason))
    return { kind: 'again', why: `${branch} moved on` };
  const said = stderr.split('\n').flatMap((line) => /^remote: +(.*\S)/.exec(line)?.[1] ?? []);
  return {
    kind: 'refused',
    why: failure(
      'push-refused',
      `${remote} does not take a push to ${branch}: ${reason === '' ? kind : reason}`,
      [...said.slice(0, 5), 'where the branch is protected, --pull-request opens a pull request instead'].join('\n'),
    ),
  };
}

/** Gets the history that a shallow clone lacks: without it, nobody can tell which builds have landed. Nothing, or why it cannot be had. */
export async function unshallow(git: Git, remote: string): Promise<readonly Diagnostic[]> {
  const { code, stderr } = await git.run([...quietly, 'fetch', '--quiet', '--no-tags', '--unshallow', remote]);
  if (code === 0) return [];
  const hint = 'clone without --depth: the last build of an app is looked up in the history';
  return failure('git-remote-failed', `the clone is shallow, and ${remote} gives no more: ${lastWords(stderr)}`, hint)
    .diagnostics;
}

/** Commit of a branch at the remote itself; undefined where it has none. */
export async function remoteBranch(git: Git, remote: string, branch: string): Promise<Outcome<string | undefined>> {
  const { code, stdout, stderr } = await git.run(['ls-remote', '--quiet', remote, `refs/heads/${branch}`]);
  if (code !== 0) return failure('git-remote-failed', `cannot list ${remote}: ${lastWords(stderr)}`);
  const id = stdout.toString().split('\t')[0] ?? '';
  return { value: id === '' ? undefined : id };
}

const refusals =
  /Authentication failed|could not read (Username|Password)|Permission( to \S+)? denied|Host key verification failed|returned error: 4(?!08|29)\d\d|Repository not found|does not appear to be a git repository|unsupported (URL )?protocol/i;

const passing =
  /Could not resolve host|timed out|Connection (refused|reset|closed)|Failed to connect|Couldn't connect|returned error: (408|429|5\d\d)|RPC failed|hung up|early EOF|disconnect|Empty reply|lock|SSL|TLS|ended by SIG|in progress|shallow file/i;

function networkTrouble<T>(what: string, stderr: string): Talk<T> {
  const why = `${what}: ${lastWords(stderr)}`;
  if (!refusals.test(stderr) && passing.test(stderr)) return { kind: 'again', why };
  return { kind: 'refused', why: failure('git-remote-failed', why, 'nothing was pushed') };
}
