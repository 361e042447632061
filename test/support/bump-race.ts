import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasErrors } from '../../src/diagnostic/diagnostic.js';
import { compareFiles } from '../../src/layout/compare.js';
import { renderRepository } from '../../src/pipeline.js';
import { plainGitEnv, startGitServer, type GitServer } from './git-server.js';
import { prod } from './repository.js';

const execute = promisify(execFile);
const program = join(__dirname, '..', '..', '.build', 'spillway.mjs');

/** How a build server loses a build: its process alone, whose push then goes on; or everything that it has started. */
type Accident = 'none' | 'process' | 'group';

/** One build that has something to deploy. */
interface Build {
  readonly app: string;
  readonly number: number;
  readonly image: string;
  readonly accident: Accident;
}

export interface RaceFinding {
  /** Bumps in the order of the branch, by their trailers. */
  readonly landed: readonly { readonly app: string; readonly build: number; readonly image: string }[];
  /** What each build's last run printed, by `app/number`. */
  readonly said: ReadonlyMap<string, string>;
  readonly builds: readonly Build[];
  /** Runs that were killed, and then run again. */
  readonly killed: number;
  /** Commits whose dist/ is not what their specs render to; empty as it should be. */
  readonly stale: readonly string[];
  /** Pushes that the server was asked for, those that lost included. */
  readonly attempts: number;
  readonly seconds: number;
}

/** The app that several builds of one round bump. */
export const shared = 'shared';

/**
 * Builds race against each other on one bare repository over git's own HTTP backend: in each round one build for each of `apps` apps and
 * `same` builds of one more app, all at once, each a process in a clone of its own. Every fourth one is killed when its push
 * reaches the server, and run again as a build server would.
 */
export async function bumpRace({
  apps,
  same,
  rounds,
}: {
  apps: number;
  same: number;
  rounds: number;
}): Promise<RaceFinding> {
  if (!existsSync(program)) throw new Error('no .build/spillway.mjs: run `npm run build` first');
  const folder = mkdtempSync(join(tmpdir(), 'spillway-race-'));
  /** Builds that are killed when their push arrives, by what their clones say of themselves. */
  const doomed = new Map<string, () => void>();
  let attempts = 0;
  const server = await startGitServer({
    beforePush: (_, headers) => {
      attempts += 1;
      const builder = String(headers['x-builder']);
      doomed.get(builder)?.();
      doomed.delete(builder);
    },
  });
  const started = performance.now();
  try {
    const names = Array.from({ length: apps }, (_, i) => `app-${String(i + 1).padStart(2, '0')}`);
    const first = await seed(server, folder, [...names, shared]);
    const builds: Build[] = [];
    const said = new Map<string, string>();
    let killed = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const wave = buildsOf(round, names, same);
      builds.push(...wave);
      const clones = new Map(wave.map((build) => [build, join(folder, `${build.app}-${build.number}`)]));
      for (const [{ app, number }, clone] of clones) {
        await git(folder, 'clone', '--quiet', server.url('platform'), clone);
        await git(clone, 'config', 'http.extraHeader', `X-Builder: ${app}/${number}`);
      }
      await Promise.all(
        [...clones].map(async ([build, clone]) => {
          const key = `${build.app}/${build.number}`;
          const died = build.accident !== 'none' && (await runUntilPush(clone, build, key, doomed));
          // Counted after the wait: a sum that is read before it would forget the others.
          if (died) killed += 1;
          said.set(key, await runToTheEnd(clone, build));
          rmSync(clone, { recursive: true, force: true });
        }),
      );
    }
    const landed = await landedSince(server, first);
    const stale = await staleCommits(server, folder, first);
    return { landed, said, builds, killed, stale, attempts, seconds: (performance.now() - started) / 1000 };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildsOf(round: number, names: readonly string[], same: number): Build[] {
  const accidents: readonly Accident[] = ['none', 'process', 'none', 'none', 'none', 'group', 'none', 'none'];
  const number = (i: number) => round * 100 + i;
  const one = (app: string, build: number, i: number): Build => ({
    ...{ app, number: build, image: `ghcr.io/acme/${app}:1.0.${build}` },
    accident: accidents[(i + round) % accidents.length] ?? 'none',
  });
  return [
    ...names.map((app, i) => one(app, number(0), i)),
    ...Array.from({ length: same }, (_, i) => one(shared, number(i + 1), i)),
  ];
}

function git(cwd: string, ...args: string[]): Promise<string> {
  return execute('git', args, { cwd, env: builderEnv, maxBuffer: 1 << 28 }).then(({ stdout }) => stdout.trim());
}

const builderEnv = {
  ...plainGitEnv,
  ...{ GIT_AUTHOR_NAME: 'builder', GIT_AUTHOR_EMAIL: 'builder@example.com' },
  ...{ GIT_COMMITTER_NAME: 'builder', GIT_COMMITTER_EMAIL: 'builder@example.com' },
};

/** The first commit: the specs of one cluster with these apps, and what they render to. */
async function seed(server: GitServer, folder: string, names: readonly string[]): Promise<string> {
  await server.create('platform');
  const clone = join(folder, 'seed');
  await git(folder, 'clone', '--quiet', server.url('platform'), clone);
  for (const part of ['clusters', 'apps']) mkdirSync(join(clone, part));
  writeFileSync(join(clone, 'clusters', 'prod.yaml'), prod);
  for (const name of names) writeFileSync(join(clone, 'apps', `${name}.yaml`), appText(name));
  await execute(process.execPath, [program, 'render'], { cwd: clone });
  await git(clone, 'add', '.');
  await git(clone, 'commit', '--quiet', '-m', 'first');
  await git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
  return git(clone, 'rev-parse', 'HEAD');
}

function appText(name: string): string {
  return `name: ${name}
image: ghcr.io/acme/${name}:1.0.0
kind: worker
resources: {cpu: 10m, memory: 16Mi}
scale: {min: 1, max: 1}
delivery: {bumps: prod}
clusters:
  prod: {}   # by builds alone
`;
}

function start(clone: string, { app, image, number }: Build): ChildProcess {
  const args = [program, 'bump', app, '--image', image, '--build', String(number), '--push'];
  return spawn(process.execPath, args, {
    cwd: clone,
    env: builderEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Kills the run when its push arrives. False where it had nothing to push and ended by itself. */
async function runUntilPush(
  clone: string,
  build: Build,
  key: string,
  doomed: Map<string, () => void>,
): Promise<boolean> {
  const child = start(clone, build);
  child.stdout?.resume();
  child.stderr?.resume();
  let killed = false;
  doomed.set(key, () => {
    killed = true;
    const { pid } = child;
    if (pid !== undefined) process.kill(build.accident === 'group' ? -pid : pid, 'SIGKILL');
  });
  await new Promise((resolve) => child.once('exit', resolve));
  doomed.delete(key);
  return killed;
}

async function runToTheEnd(clone: string, build: Build): Promise<string> {
  const child = start(clone, build);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0)
    throw new Error(`bump of ${build.app}, build ${build.number}, ended with ${String(code)}:\n${output}`);
  return output;
}

async function landedSince(server: GitServer, first: string): Promise<RaceFinding['landed']> {
  const trailer = (name: string) => `%(trailers:key=${name},valueonly,separator=)`;
  const format = ['Spillway-App', 'Spillway-Build', 'Spillway-Image'].map(trailer).join(' ');
  const log = await server.git('platform', 'log', '--reverse', `--format=${format}`, `${first}..main`);
  return log.split('\n').map((line) => {
    const [app = '', build = '', image = ''] = line.split(' ');
    return { app, build: Number(build), image };
  });
}

/** Each commit checked out in its turn and held against a render of its own specs. */
async function staleCommits(server: GitServer, folder: string, first: string): Promise<string[]> {
  const clone = join(folder, 'judge');
  await git(folder, 'clone', '--quiet', server.url('platform'), clone);
  const stale: string[] = [];
  for (const commit of (await git(clone, 'rev-list', '--reverse', `${first}..main`)).split('\n')) {
    await git(clone, 'checkout', '--quiet', commit);
    const { files, diagnostics } = await renderRepository(clone);
    const { changes } = compareFiles(clone, files, { clusters: ['prod'], complete: true });
    const same = files.length > 0 && changes.every(({ kind }) => kind === 'unchanged');
    if (!same || hasErrors(diagnostics)) stale.push(commit);
  }
  return stale;
}
