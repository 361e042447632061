import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { put } from '../layout/temporary-root.js';
import { plainGitEnv, startGitServer, type GitServer } from '../support/git-server.js';
import { prod } from '../support/repository.js';
import type { Run } from './run-spillway.js';

/** A worker on both clusters, as a person wrote it. */
export const appText = (name: string) => `name: ${name}
image: ghcr.io/acme/${name}:1.0.0
kind: worker
resources: {cpu: 100m, memory: 64Mi}
clusters: # where it runs
  prod: {}
  staging: {scale: {min: 1}}   # small
`;

/** Who commits. */
export const person = {
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
};

/** The program in this process: a race needs a server that answers meanwhile. `undefined` takes a variable out of its environment. */
export async function run(root: string, line: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const before = { ...process.env };
  Object.assign(process.env, plainGitEnv, person);
  for (const [name, value] of Object.entries(env))
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  let [stdout, stderr] = ['', ''];
  const terminal: Terminal = {
    colour: false,
    canAsk: false,
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    progress: () => undefined,
    clear: () => undefined,
  };
  try {
    const code = await runProgram(['--root', root, ...line.split(' ')], () => terminal);
    return { code, stdout, stderr };
  } finally {
    process.env = before;
  }
}

/** Runs git without anybody's configuration, as Ann; rejects where it fails. */
export function git(cwd: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env: { ...plainGitEnv, ...person } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('close', (code) => {
      if (code === 0) resolve(stdout.trim());
      else reject(new Error(`git ${args.join(' ')}: ${stderr}`));
    });
  });
}

/** A rendered repository with two apps on two clusters at a Git server, for the tests of one file. */
export class Platform {
  server!: GitServer;
  /** Removed at the end. */
  work = '';
  /** Done when the next push arrives, before git sees it. */
  meanwhile: (() => Promise<unknown>) | undefined;
  private clones = 0;

  constructor() {
    // Many git processes: on a busy machine each takes its time.
    jest.setTimeout(60_000);
    beforeAll(() => this.start());
    afterAll(async () => {
      await this.server.close();
      rmSync(this.work, { recursive: true, force: true });
    });
  }

  async clone(): Promise<string> {
    const folder = join(this.work, `clone-${(this.clones += 1)}`);
    await git(this.work, 'clone', '--quiet', this.server.url('platform'), folder);
    return folder;
  }

  /** Another person's commit on the branch. */
  async pushChange(file: string, change: (text: string) => string): Promise<void> {
    const other = await this.clone();
    const text = change(readFileSync(join(other, file), 'utf8'));
    writeFileSync(join(other, file), text);
    await run(other, 'render');
    await git(other, 'add', '.');
    await git(other, 'commit', '--quiet', '-m', `change ${file}`);
    await git(other, 'push', '--quiet', 'origin', 'HEAD:main');
  }

  head(): Promise<string> {
    return this.server.git('platform', 'rev-parse', 'main');
  }

  spec(name: string): Promise<string> {
    return this.server.git('platform', 'show', `main:apps/${name}.yaml`);
  }

  message(): Promise<string> {
    return this.server.git('platform', 'log', '-1', '--format=%B', 'main');
  }

  private async start(): Promise<void> {
    this.work = mkdtempSync(join(tmpdir(), 'spillway-bump-test-'));
    this.server = await startGitServer({
      beforePush: async () => {
        const next = this.meanwhile;
        this.meanwhile = undefined;
        await next?.();
      },
    });
    await this.server.create('platform');
    const first = await this.clone();
    put(first, 'clusters/prod.yaml', prod);
    put(first, 'clusters/staging.yaml', prod.replace('name: prod', 'name: staging'));
    for (const name of ['shop', 'cart']) put(first, `apps/${name}.yaml`, appText(name));
    expect(await run(first, 'render')).toMatchObject({ code: 0 });
    await git(first, 'add', '.');
    await git(first, 'commit', '--quiet', '-m', 'first');
    await git(first, 'push', '--quiet', 'origin', 'HEAD:main');
  }
}
