import { failure, type Outcome } from './failure.js';
import { Git, lastWords } from './git.js';

/** A person's clone, and where the root with clusters/ and apps/ lies in it. */
export interface Repository {
  /** Runs in the top folder of the clone. */
  readonly git: Git;
  /** From the clone's top to the root: '' or 'some/folder/'. */
  readonly prefix: string;
  /** The commit that is checked out. */
  readonly head: string;
  /** The branch that is checked out; undefined where a commit is by itself, as on a build server. */
  readonly branch: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens the clone that `root` lies in. Refused outside of one, before the first commit, and where nobody said who commits. */
export async function openRepository(root: string, env: Environment): Promise<Outcome<Repository>> {
  const where = ['--show-toplevel', '--show-prefix', '--revs-only', 'HEAD', '--symbolic-full-name', 'HEAD'];
  const there = await new Git(root, env).run(['rev-parse', ...where]);
  if (there.code !== 0) {
    // Whose the folder is, git asks first (safe.directory): that is another matter than there being no repository.
    if (!there.stderr.includes('not a git repository'))
      return failure('git-repository-missing', `git does not open ${root}: ${lastWords(there.stderr)}`);
    const hint = '`git init` makes one; a bump is a commit of the spec and of dist/ together';
    return failure('git-repository-missing', `${root} lies in no Git repository`, hint);
  }
  const [top = '', prefix = '', head = '', name = ''] = there.stdout.toString().split('\n');
  const git = new Git(top, env);
  if (head === '')
    return failure(
      'git-repository-missing',
      'the Git repository has no commit yet',
      'commit the specs and dist/ first',
    );
  const branch = /^refs\/heads\/(.+)$/.exec(name)?.[1];
  const nobody = await identityMissing(git);
  return nobody ?? { value: { git, prefix, head, branch } };
}

/** Nobody's name is made up: git itself would take the machine's. */
async function identityMissing(git: Git): Promise<ReturnType<typeof failure> | undefined> {
  for (const ident of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const { code } = await git.run(['-c', 'user.useConfigOnly=true', 'var', ident]);
    if (code === 0) continue;
    return failure(
      'git-identity-missing',
      'git does not know who commits',
      'git config user.name "…" && git config user.email "…"; on a build server also GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL',
    );
  }
  return undefined;
}

const watched = ['clusters', 'apps', 'dist', 'eksctl'];

/**
 * Refused where a person's work is not committed: it would be left out of the bump, or lost beside it. Files that git does not know yet
 * count where rendering reads or writes.
 */
export async function uncommittedWork({ git, prefix }: Repository): Promise<ReturnType<typeof failure> | undefined> {
  const status = await git.text(['status', '--porcelain=v1', '--untracked-files=all', '-z']);
  const folders = watched.map((folder) => `${prefix}${folder}/`);
  // `XY path`; what follows a rename is the old path, without letters before it.
  const paths = status.split('\0').flatMap((entry) => {
    const [, letters = '', path = ''] = /^([ MADRCUT?!]{2}) (.+)$/s.exec(entry) ?? [];
    const isMeant = letters !== '??' || folders.some((folder) => path.startsWith(folder));
    return path !== '' && isMeant ? [path] : [];
  });
  const unique = [...new Set(paths)].sort();
  if (unique.length === 0) return undefined;
  const shown = unique.slice(0, 3).join(', ');
  const more = unique.length > 3 ? ` and ${unique.length - 3} more` : '';
  return failure(
    'uncommitted-changes',
    `there are uncommitted changes in ${shown}${more}: they would not be a part of the bump`,
    'commit them, or put them away with `git stash`; nothing was touched',
  );
}

/** The remote to push to: the one asked for, else `origin`, else the only one. */
export async function remoteOf({ git }: Repository, wanted: string | undefined): Promise<Outcome<string>> {
  const remotes = (await git.text(['remote'])).split('\n').filter((name) => name !== '');
  const [only, ...others] = remotes;
  if (wanted !== undefined) {
    if (remotes.includes(wanted)) return { value: wanted };
    return failure('git-remote-missing', `there is no remote ${wanted}`, knownRemotes(remotes));
  }
  if (remotes.includes('origin')) return { value: 'origin' };
  if (only !== undefined && others.length === 0) return { value: only };
  const message = only === undefined ? 'the clone has no remote to push to' : 'there is no remote called origin';
  return failure('git-remote-missing', message, knownRemotes(remotes));
}

function knownRemotes(remotes: readonly string[]): string {
  return remotes.length === 0
    ? '`git remote add origin URL` names one'
    : `name one with --remote: ${remotes.join(', ')}`;
}
