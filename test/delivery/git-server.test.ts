import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { plainGitEnv, startGitServer, type GitServer, type PushedRef } from '../support/git-server.js';

const execute = promisify(execFile);
let server: GitServer;
let work: string;
const pushed: PushedRef[] = [];

async function git(cwd: string, ...args: string[]): Promise<string> {
  const person = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  return (await execute('git', [...person, ...args], { cwd, env: plainGitEnv })).stdout.trim();
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'spillway-git-server-test-'));
  server = await startGitServer({ afterPush: (ref) => void pushed.push(ref) });
  await server.create('acme/platform');
});
afterAll(async () => {
  await server.close();
  rmSync(work, { recursive: true, force: true });
});

describe('the Git server of the tests', () => {
  it('takes pushes larger than one request buffer, tells of each, and hands them out again', async () => {
    await git(work, 'clone', '--quiet', server.url('acme/platform'), 'one');
    const clone = join(work, 'one');
    writeFileSync(join(clone, 'large'), randomBytes(3 << 20)); // over http.postBuffer: sent in chunks
    await git(clone, 'add', '.');
    await git(clone, 'commit', '--quiet', '-m', 'first');
    await git(clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');

    const head = await git(clone, 'rev-parse', 'HEAD');
    expect(await server.git('acme/platform', 'rev-parse', 'main')).toBe(head);
    expect(pushed).toEqual([{ repository: 'acme/platform', ref: 'refs/heads/main', old: undefined, new: head }]);
    await git(work, 'clone', '--quiet', server.url('acme/platform'), 'two');
    expect(await git(join(work, 'two'), 'rev-parse', 'HEAD')).toBe(head);
  });

  it('refuses who is behind, and leaves the branch where it is', async () => {
    for (const name of ['left', 'right']) {
      await git(work, 'clone', '--quiet', server.url('acme/platform'), name);
      await git(join(work, name), 'commit', '--quiet', '--allow-empty', '-m', name);
    }
    await git(join(work, 'left'), 'push', '--quiet', 'origin', 'HEAD:main');
    await expect(git(join(work, 'right'), 'push', '--quiet', 'origin', 'HEAD:main')).rejects.toThrow(/fetch first/);
    expect(await server.git('acme/platform', 'log', '--format=%s', '-1', 'main')).toBe('left');
  });

  it('asks for credentials where it is told to', async () => {
    const closed = await startGitServer({ credentials: { username: 'bot', password: 'secret' } });
    try {
      await closed.create('private');
      await expect(git(work, 'ls-remote', closed.url('private'))).rejects.toThrow(/could not read Username/);
      await git(work, 'ls-remote', closed.url('private').replace('http://', 'http://bot:secret@'));
    } finally {
      await closed.close();
    }
  });
});
