import { bumpRecords, shortVersion, type BumpRecord } from './bump-record.js';
import { failure, type Outcome } from './failure.js';
import type { Target } from './land.js';
import { fetchBranch, pushCommit, remoteBranch } from './remote.js';

/** The branch of a bump's pull request: the same for the same version, so that a build which is run again opens no second one. */
export function requestBranch({ app, cluster, image }: BumpRecord): string {
  const version = shortVersion(image)
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/\.lock$|\.$/, '');
  return `spillway/bump-${app}-${cluster}-${version}`;
}

/**
 * Pushes a bump's commit to its own branch and returns what the server said. A branch of that name that holds this very bump is left as
 * it is; one whose bump was merged before is moved; one that holds something else is refused.
 */
export async function pushRequestBranch(
  target: Target,
  { base, commit, record, branch }: { base: string; commit: string; record: BumpRecord; branch: string },
): Promise<Outcome<{ readonly said: string }>> {
  const { remote, repository } = target;
  const { git } = repository;
  const there = await remoteBranch(git, remote, branch);
  if ('diagnostics' in there) return there;
  let lease = '';
  if (there.value !== undefined) {
    const fetched = await fetchBranch(git, remote, branch, 60_000);
    if (fetched.kind !== 'done')
      return fetched.kind === 'refused' ? fetched.why : failure('git-remote-failed', fetched.why);
    const merged = (await git.run(['merge-base', '--is-ancestor', fetched.value, base])).code === 0;
    const message = await git.text(['log', '-1', '--format=%B', fetched.value]);
    const same = bumpRecords(message).some(
      ({ app, cluster, image }) => app === record.app && cluster === record.cluster && image === record.image,
    );
    if (same && !merged) return { value: { said: '' } };
    if (!merged) {
      const hint = `look at it; \`git push ${remote} --delete ${branch}\` makes room`;
      return failure('push-refused', `${remote} has a branch ${branch} that holds something else`, hint);
    }
    lease = fetched.value;
  }
  const pushed = await pushCommit(git, { remote, commit, branch, lease }, 120_000);
  if (pushed.kind === 'done') return pushed;
  return pushed.kind === 'refused' ? pushed.why : failure('git-remote-failed', pushed.why, 'run it again');
}
