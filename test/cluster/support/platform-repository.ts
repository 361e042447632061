import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { hasErrors } from '../../../src/diagnostic/diagnostic.js';
import { applyChanges } from '../../../src/layout/apply.js';
import { compareFiles } from '../../../src/layout/compare.js';
import { renderRepository } from '../../../src/pipeline.js';
import { plainGitEnv, startGitServer } from '../../support/git-server.js';
import type { GitServer, PushedRef } from '../../support/git-server.js';
import { describeDiagnostics } from '../../support/repository.js';
import { CLUSTERS } from './dist.js';
import type { ClusterName } from './dist.js';

const execute = promisify(execFile);

/** The URL in this repository's specs, which nobody can reach. */
const SPEC_URL = 'https://github.com/acme/platform.git';
const NAME = 'platform';

/** Its chart lies on the internet, and it needs AWS: tests put an IngressClass in its place. */
const LOAD_BALANCER_CONTROLLER = 'argocd/argocd.Application-platform-aws-load-balancer-controller.yaml';

export interface PlatformRepositoryOptions {
  /** Names of this repository's apps; all of them unless said. */
  readonly apps?: readonly string[];
  /** Changes of the specs before the first commit: path → what becomes of the text. */
  readonly edits?: Readonly<Record<string, (text: string) => string>>;
}

/**
 * A copy of this repository's specs with another repository URL, rendered by our own pipeline and pushed to a Git server
 * of its own: what Argo CD reads in a test. One work tree, as a person has it.
 */
export class PlatformRepository {
  /** Called after every push, such as a Git host calls a webhook. */
  onPush: (pushed: PushedRef) => Promise<void> | void = () => undefined;

  private constructor(
    private readonly server: GitServer,
    /** The work tree. */
    readonly folder: string,
  ) {}

  /** What Argo CD is told. */
  get url(): string {
    return this.server.url(NAME);
  }

  /** Makes it, renders it, and pushes its first commit. */
  static async create(options: PlatformRepositoryOptions = {}): Promise<PlatformRepository> {
    const afterPush: ((pushed: PushedRef) => Promise<void> | void)[] = [];
    const server = await startGitServer({ afterPush: async (pushed) => afterPush[0]?.(pushed) });
    await server.create(NAME);
    const folder = mkdtempSync(join(tmpdir(), 'spillway-platform-'));
    const repository = new PlatformRepository(server, folder);
    afterPush.push((pushed) => repository.onPush(pushed));
    await repository.git('init', '--quiet', '--initial-branch=main');
    await repository.git('config', 'user.name', 'A Person');
    await repository.git('config', 'user.email', 'person@example.com');
    await repository.git('remote', 'add', 'origin', repository.url);
    repository.copySpecs(options);
    await repository.renderAndPush('The platform as it begins');
    return repository;
  }

  /** Changes a file; it must be there, and must change. */
  edit(path: string, change: (text: string) => string): void {
    const before = readFileSync(join(this.folder, path), 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`the test's edit of ${path} changes nothing`);
    this.write(path, after);
  }

  /** Writes a file. */
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Deletes a file or a folder, which must be there. */
  remove(path: string): void {
    if (!existsSync(join(this.folder, path))) throw new Error(`${path} is not there to be removed`);
    rmSync(join(this.folder, path), { recursive: true });
  }

  /** Renders the specs as `spillway render` does. */
  async render(): Promise<void> {
    const { clusterNames, files, diagnostics } = await renderRepository(this.folder);
    if (hasErrors(diagnostics)) throw new Error(`the test's specs have errors:\n${describeDiagnostics(diagnostics)}`);
    const comparison = compareFiles(this.folder, files, { clusters: clusterNames, complete: true });
    const failed = [...comparison.diagnostics, ...applyChanges(this.folder, comparison.changes)];
    if (hasErrors(failed)) throw new Error(describeDiagnostics(failed));
    for (const name of clusterNames) rmSync(join(this.folder, 'dist', name, LOAD_BALANCER_CONTROLLER), { force: true });
  }

  /** Names of the Applications that a rendered cluster has, by their files. */
  applicationNames(cluster: ClusterName): string[] {
    const folders = ['bootstrap', 'argocd', 'argocd/apps'].map((it) => join(this.folder, 'dist', cluster, it));
    const files = folders.flatMap((folder) => readdirSync(folder));
    return files.flatMap((file) => /^argocd\.Application-(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
  }

  /** Commits everything and pushes it; returns the commit. */
  async push(message: string): Promise<string> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', `--message=${message}`);
    return this.pushHead();
  }

  /** Renders, commits and pushes. */
  async renderAndPush(message: string): Promise<string> {
    await this.render();
    return this.push(message);
  }

  /** `git revert` of the newest commit, pushed. */
  async revert(): Promise<string> {
    await this.git('revert', '--no-edit', 'HEAD');
    return this.pushHead();
  }

  /** Runs git in the work tree and returns what it prints, without the last line end. */
  async git(...args: readonly string[]): Promise<string> {
    const { stdout } = await execute('git', args, { cwd: this.folder, env: plainGitEnv });
    return stdout.trimEnd();
  }

  /** Ends the server and deletes both sides. */
  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async pushHead(): Promise<string> {
    await this.git('push', '--quiet', 'origin', 'HEAD:main');
    return this.git('rev-parse', 'HEAD');
  }

  private copySpecs({ apps, edits = {} }: PlatformRepositoryOptions): void {
    for (const kind of ['clusters', 'apps']) {
      const names = readdirSync(join(process.cwd(), kind)).filter((file) => /\.ya?ml$/.test(file));
      const wanted = names.filter(
        (file) => kind === 'clusters' || apps?.includes(file.replace(/\.ya?ml$/, '')) !== false,
      );
      for (const file of wanted) cpSync(join(process.cwd(), kind, file), join(this.folder, kind, file));
    }
    for (const name of CLUSTERS) this.edit(`clusters/${name}.yaml`, (it) => it.replace(SPEC_URL, this.url));
    for (const [path, change] of Object.entries(edits)) this.edit(path, change);
  }
}
