import { bumpRecords, recordLines, type BumpRecord } from './bump-record.js';
import type { Git } from './git.js';

/** A bump that has landed. */
export interface LandedBump extends BumpRecord {
  /** The commit that holds it. */
  readonly commit: string;
}

/** Commits that are looked at together; more are asked for only where none of them fits. */
const page = 20;

/** The latest bump of an app on a cluster that `commit` has in its history and that `fits`; undefined where there is none. */
export async function lastBump(
  git: Git,
  commit: string,
  { app, cluster }: Pick<BumpRecord, 'app' | 'cluster'>,
  fits: (bump: BumpRecord) => boolean = () => true,
): Promise<LandedBump | undefined> {
  const greps = recordLines(app, cluster).map((line) => `--grep=${line}`);
  for (let skip = 0; ; skip += page) {
    const log = await git.text([
      ...['log', '--fixed-strings', '--all-match', ...greps, '--format=%H%n%B', '-z'],
      ...[`--max-count=${page}`, `--skip=${skip}`, commit, '--'],
    ]);
    const commits = log.split('\0').filter((entry) => entry !== '');
    for (const entry of commits) {
      const id = entry.slice(0, entry.indexOf('\n'));
      // The last of a squashed merge is the latest.
      const found = bumpRecords(entry.slice(id.length + 1)).findLast(
        (record) => record.app === app && record.cluster === cluster && fits(record),
      );
      if (found) return { ...found, commit: id };
    }
    if (commits.length < page) return undefined;
  }
}

/** Whether the clone lacks older commits, so that a bump which is not found may still have been. */
export async function isShallow(git: Git): Promise<boolean> {
  return (await git.text(['rev-parse', '--is-shallow-repository'])) === 'true';
}

/** Who last changed a file, in a few words: `3f2a1bc by Ann: subject`. Undefined where nobody did within the range. */
export async function lastChange(git: Git, range: string, path: string): Promise<string | undefined> {
  const said = await git.text(['log', '-1', '--format=%h by %an: %s', range, '--', `:(top,literal)${path}`]);
  return said === '' ? undefined : said;
}

export type Order =
  | { readonly kind: 'new' }
  /** A later build is there. */
  | { readonly kind: 'older'; readonly than: LandedBump & { readonly build: number } }
  /** This very build has landed, by this run or by one before it. */
  | { readonly kind: 'landed'; readonly as: LandedBump };

/** Where a build stands among those that have landed; one without a number is always new. */
export function orderOf(build: number | undefined, image: string, last: LandedBump | undefined): Order {
  if (build === undefined || last?.build === undefined || build > last.build) return { kind: 'new' };
  if (build < last.build) return { kind: 'older', than: { ...last, build: last.build } };
  return image === last.image ? { kind: 'landed', as: last } : { kind: 'new' };
}
