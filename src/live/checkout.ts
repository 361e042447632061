import type { Run } from './run.js';

/** The commit that a folder is at; undefined where it is no Git repository. */
export async function commitOf(run: Run, root: string): Promise<string | undefined> {
  const { status, stdout } = await run('git', ['-C', root, 'rev-parse', '--verify', '--quiet', 'HEAD']);
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * Whether a revision that Argo CD names came after the checked-out one. A commit that a whole clone does not have is newer than it; a
 * shallow one does not have older ones either, so of that nothing is said.
 */
export async function isNewerThanCheckout(run: Run, root: string, revision: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(revision)) return false;
  const git = (...args: string[]) => run('git', ['-C', root, ...args]);
  const known = await git('cat-file', '-e', `${revision}^{commit}`);
  if (known.status === 0) return (await git('merge-base', '--is-ancestor', 'HEAD', revision)).status === 0;
  const shallow = await git('rev-parse', '--is-shallow-repository');
  return shallow.status === 0 && shallow.stdout.trim() === 'false';
}
