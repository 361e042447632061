import { describe, expect, test } from '@jest/globals';
import { commitOf, isNewerThanCheckout } from '../../src/live/checkout.js';
import { run } from '../../src/live/run.js';
import { put, temporaryRoot } from '../layout/temporary-root.js';

async function git(root: string, ...args: string[]): Promise<string> {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  const { status, stdout, stderr } = await run('git', ['-C', root, ...who, ...args]);
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

async function commit(root: string): Promise<string> {
  put(root, 'file', String(Math.random()));
  await git(root, 'add', 'file');
  await git(root, 'commit', '--quiet', '--message=one more');
  return git(root, 'rev-parse', 'HEAD');
}

/** A repository with three commits, its work tree at the second. */
async function repository() {
  const root = temporaryRoot();
  await git(root, 'init', '--quiet');
  const [first, second, third] = [await commit(root), await commit(root), await commit(root)];
  await git(root, 'checkout', '--quiet', second);
  return { root, first, second, third };
}

describe('what a checkout knows of a revision', () => {
  test('one after it is newer, one before it is not, nor is it itself newer in another sense than git has', async () => {
    const { root, first, second, third } = await repository();
    expect(await commitOf(run, root)).toBe(second);
    expect(await isNewerThanCheckout(run, root, third)).toBe(true);
    expect(await isNewerThanCheckout(run, root, first)).toBe(false);
  });

  test('one that a whole clone does not have is newer; of a shallow one nothing can be said', async () => {
    const { root } = await repository();
    expect(await isNewerThanCheckout(run, root, 'd'.repeat(40))).toBe(true);
    const shallow = temporaryRoot();
    await git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, shallow);
    expect(await isNewerThanCheckout(run, shallow, 'd'.repeat(40))).toBe(false);
  });

  test('a folder without Git has no commit, and takes nothing for newer', async () => {
    const root = temporaryRoot();
    expect(await commitOf(run, root)).toBeUndefined();
    expect(await isNewerThanCheckout(run, root, 'd'.repeat(40))).toBe(false);
    expect(await isNewerThanCheckout(run, root, '--help')).toBe(false);
  });
});
