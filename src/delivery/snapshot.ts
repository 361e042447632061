import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Git } from './git.js';

/** A file of a commit: what git ls-tree says of it. */
interface TreeEntry {
  readonly mode: string;
  readonly id: string;
}

/** What the work in a snapshot changed, as paths from the root. */
export interface ChangedPaths {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
}

const link = '120000';
const submodule = '160000';

/**
 * Some files of a commit in a temporary folder, byte for byte as Git holds them (no line ends are converted), and the way from there to a
 * new commit. A person's checkout, index and branches are not touched: what is made here is reachable by its id alone.
 */
export class Snapshot {
  /** The root: holds clusters/ and apps/. */
  readonly root: string;
  private readonly folder: string;
  private signed: Promise<string | undefined> | undefined;
  private readonly there = new Map<string, TreeEntry>();

  /** Makes the folder below `temporary`; `prefix` leads from the repository's top to the root. */
  constructor(
    private readonly git: Git,
    private readonly prefix: string,
    temporary: string,
  ) {
    this.folder = mkdtempSync(join(temporary, 'spillway-bump-'));
    this.root = join(this.folder, 'tree');
    mkdirSync(this.root);
  }

  /** Deletes the folder. Synchronous: also for a process that is being ended. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Makes the folder hold these paths of a commit (files, or folders with all that is in them) and nothing else; a path that the
   * commit does not have is absent. A second call reads only what differs.
   */
  async show(commit: string, paths: readonly string[]): Promise<void> {
    const wanted = await this.entries(commit, paths);
    for (const [path, { mode, id }] of this.there) {
      const now = wanted.get(path);
      if (now?.id === id && now.mode === mode) continue;
      rmSync(join(this.root, path), { force: true, recursive: true });
      this.there.delete(path);
    }
    await this.fill(new Map([...wanted].filter(([path]) => !this.there.has(path))));
  }

  /** Adds more paths of the commit to what `show` has put there. */
  async add(commit: string, paths: readonly string[]): Promise<void> {
    const entries = await this.entries(commit, paths);
    await this.fill(new Map([...entries].filter(([path]) => !this.there.has(path))));
  }

  /** Bytes of a plain file; undefined where there is none, or a link. */
  read(path: string): Buffer | undefined {
    const entry = this.there.get(path);
    return entry === undefined || entry.mode === link ? undefined : readFileSync(join(this.root, path));
  }

  /** Writes a file that `commit` will then take up. */
  put(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  /** Makes a commit on top of `parent` out of what was changed below the root; returns its id. Signed where the person's commits are. */
  async commit(parent: string, { written, deleted }: ChangedPaths, message: string): Promise<string> {
    const env = { GIT_INDEX_FILE: join(this.folder, 'index') };
    const ids = await this.git.text(['hash-object', '-w', '--no-filters', '--stdin-paths'], {
      input: written.map((path) => `${join(this.root, path)}\n`).join(''),
    });
    const modes = written.map((path) => this.there.get(path)?.mode ?? '100644');
    const lines = [
      ...ids
        .split('\n')
        .flatMap((id, i) => (id === '' ? [] : [`${modes[i] ?? ''} ${id}\t${this.prefix}${written[i] ?? ''}`])),
      ...deleted.map((path) => `0 ${'0'.repeat(parent.length)}\t${this.prefix}${path}`),
    ];
    await this.git.text(['read-tree', parent], { env });
    await this.git.text(['update-index', '-z', '--index-info'], {
      env,
      input: lines.map((line) => `${line}\0`).join(''),
    });
    const tree = await this.git.text(['write-tree'], { env });
    this.signed ??= this.git.ask(['config', '--type=bool', 'commit.gpgSign']);
    const sign = (await this.signed) === 'true' ? ['-S'] : [];
    // What was written is no longer what the snapshot said: the next `show` puts it back.
    for (const path of [...written, ...deleted]) this.forget(path);
    return this.git.text(['-c', 'user.useConfigOnly=true', 'commit-tree', tree, '-p', parent, ...sign, '-F', '-'], {
      input: message,
    });
  }

  /** Takes back what was changed below the root since the last `show`, so that the next one finds the commit's own bytes. */
  forget(path: string): void {
    this.there.delete(path);
    rmSync(join(this.root, path), { force: true });
  }

  private async entries(commit: string, paths: readonly string[]): Promise<Map<string, TreeEntry>> {
    const found = new Map<string, TreeEntry>();
    for (let wanted = [...paths]; wanted.length > 0;) {
      const full = wanted.map((path) => this.prefix + path);
      const listing = await this.git.text(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...full]);
      const links: string[] = [];
      for (const line of listing.split('\0')) {
        const [, mode = '', id = '', full = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
        const path = full.slice(this.prefix.length);
        if (full === '' || mode === submodule || found.has(path)) continue;
        found.set(path, { mode, id });
        if (mode === link) links.push(path);
      }
      wanted = await this.targets(links, found);
    }
    return found;
  }

  /** Where links lead, as far as that is within the root: without it, reading them would fail as it does not in a checkout. */
  private async targets(links: readonly string[], found: ReadonlyMap<string, TreeEntry>): Promise<string[]> {
    const texts = await this.contents(links.map((path) => found.get(path)?.id ?? ''));
    return links.flatMap((path, i) => {
      const text = texts[i]?.toString() ?? '';
      const target = posix.join(posix.dirname(path), text);
      return text.startsWith('/') || target.startsWith('..') || found.has(target) ? [] : [target];
    });
  }

  private async fill(entries: ReadonlyMap<string, TreeEntry>): Promise<void> {
    const contents = await this.contents([...entries.values()].map(({ id }) => id));
    [...entries].forEach(([path, entry], i) => {
      const file = join(this.root, path);
      mkdirSync(dirname(file), { recursive: true });
      rmSync(file, { recursive: true, force: true }); // an emptied folder, where the commit before had one
      const bytes = contents[i] ?? Buffer.alloc(0);
      if (entry.mode === link) symlinkSync(bytes.toString(), file);
      else writeFileSync(file, bytes);
      this.there.set(path, entry);
    });
  }

  /** The bytes of blobs, in their order: `<id> blob <size>`, a line end, the bytes, a line end (git-cat-file(1), --batch). */
  private async contents(ids: readonly string[]): Promise<Buffer[]> {
    if (ids.length === 0) return [];
    const out = await this.git.bytes(['cat-file', '--batch'], { input: ids.map((id) => `${id}\n`).join('') });
    let at = 0;
    return ids.map(() => {
      const lineEnd = out.indexOf(0x0a, at);
      const size = Number(out.subarray(at, lineEnd).toString().split(' ')[2]);
      at = lineEnd + 1 + size + 1;
      return out.subarray(lineEnd + 1, lineEnd + 1 + size);
    });
  }
}
