import { tmpdir } from 'node:os';
import { advanceCheckout, land, type Target } from '../../delivery/land.js';
import { failure, reportingGitFailures, type Outcome } from '../../delivery/failure.js';
import { fetchBranch, unshallow } from '../../delivery/remote.js';
import { openRepository, remoteOf, uncommittedWork, type Repository } from '../../delivery/repository.js';
import { Snapshot } from '../../delivery/snapshot.js';
import type { Terminal } from '../terminal.js';
import { BumpMaker, type Bump, type Change } from './change.js';
import { clock } from './clock.js';
import { retryForMs, type DeliveryFlags } from './options.js';
import { openPullRequest } from './pull-request.js';

/** What to deliver, and how. */
export interface Delivery {
  readonly root: string;
  readonly terminal: Terminal;
  readonly flags: DeliveryFlags;
  /** The branch that Argo CD follows. */
  readonly branch: string;
  /** What the bump is, asked once: of the commit that the first attempt builds on. */
  readonly bumpAt: (base: string, repository: Repository, snapshot: Snapshot) => Promise<Outcome<Bump>>;
}

/** What has become of a bump, for people. */
export interface Delivered {
  readonly change: Change;
  /** Where it is now: `on main`, `pushed to origin`, the pull request's address. */
  readonly where: readonly string[];
  readonly sources: ReadonlyMap<string, string>;
}

export type DeliveryResult = Delivered | { readonly diagnostics: Diagnostics; readonly sources: Delivered['sources'] };
type Diagnostics = Extract<Outcome<never>, { readonly diagnostics: unknown }>['diagnostics'];

/**
 * Makes a bump where it belongs: on the checked-out branch, on the remote's branch, or on a branch of its own with a pull request. The
 * work is done in a temporary folder; a person's checkout moves only in the first case, as the last step, by a fast-forward.
 */
export async function deliver(delivery: Delivery): Promise<DeliveryResult> {
  let maker: BumpMaker | undefined;
  const outcome = await reportingGitFailures(() => delivered(delivery, (made) => (maker = made)));
  const sources = maker?.sources ?? new Map<string, string>();
  return 'diagnostics' in outcome ? { ...outcome, sources } : { ...outcome.value, sources };
}

type Made = Pick<Delivered, 'change' | 'where'>;

async function delivered(delivery: Delivery, announce: (maker: BumpMaker) => void): Promise<Outcome<Made>> {
  const { root, terminal, flags } = delivery;
  const opened = await openRepository(root, process.env);
  if ('diagnostics' in opened) return opened;
  const repository = opened.value;
  const unsaved = await uncommittedWork(repository);
  if (unsaved !== undefined) return unsaved;

  const snapshot = new Snapshot(repository.git, repository.prefix, tmpdir());
  const forgetSignals = onSignals(() => {
    snapshot.remove();
  });
  try {
    let maker: BumpMaker | undefined;
    const change = async (base: string): Promise<Outcome<Change>> => {
      terminal.progress('render');
      if (maker === undefined) {
        const bump = await delivery.bumpAt(base, repository, snapshot);
        if ('diagnostics' in bump) return bump;
        maker = new BumpMaker(repository, snapshot, bump.value, () => deepen(repository, flags.remote));
        announce(maker);
      }
      return maker.on(base);
    };
    if (flags.pullRequest === true) return await byPullRequest(delivery, repository, change);
    if (flags.push === true) return await byPush(delivery, repository, change);
    return await inCheckout(repository, change);
  } finally {
    snapshot.remove();
    forgetSignals();
  }
}

type MakeChange = (base: string) => Promise<Outcome<Change>>;

async function inCheckout(repository: Repository, change: MakeChange): Promise<Outcome<Made>> {
  const { head, branch } = repository;
  const made = await change(head);
  if ('diagnostics' in made) return made;
  if (made.value.commit === undefined) return { value: { change: made.value, where: [] } };
  const stuck = await advanceCheckout(repository, made.value.commit);
  if (stuck !== undefined) return stuck;
  return { value: { change: made.value, where: [`on ${branch ?? 'no branch (HEAD is detached)'}, not pushed`] } };
}

async function byPush(delivery: Delivery, repository: Repository, change: MakeChange): Promise<Outcome<Made>> {
  const target = await targetOf(delivery, repository);
  if ('diagnostics' in target) return target;
  const { remote, branch } = target.value;
  const retry = retryForMs(delivery.flags);
  if ('diagnostics' in retry) return retry;
  const landed = await land(target.value, {
    clock,
    retryForMs: retry.value,
    change,
    observe: (why) => {
      delivery.terminal.err(`note: ${why}; once more on top of it\n`);
    },
  });
  if ('diagnostics' in landed) return landed;
  const where = landed.value.commit === undefined ? [] : [`on ${branch}, pushed to ${remote}`];
  return { value: { change: landed.value, where } };
}

async function byPullRequest(delivery: Delivery, repository: Repository, change: MakeChange): Promise<Outcome<Made>> {
  const target = await targetOf(delivery, repository);
  if ('diagnostics' in target) return target;
  const { remote, branch } = target.value;
  const fetched = await fetchBranch(repository.git, remote, branch, 60_000);
  if (fetched.kind === 'refused') return fetched.why;
  if (fetched.kind === 'again') return failure('git-remote-failed', fetched.why, 'nothing was pushed; run it again');
  const made = await change(fetched.value);
  if ('diagnostics' in made || made.value.kind === 'nothing')
    return 'diagnostics' in made ? made : { value: { change: made.value, where: [] } };
  const opened = await openPullRequest(target.value, fetched.value, made.value, process.env);
  return 'diagnostics' in opened ? opened : { value: { change: made.value, where: opened.value } };
}

async function targetOf({ flags, branch }: Delivery, repository: Repository): Promise<Outcome<Target>> {
  const remote = await remoteOf(repository, flags.remote);
  return 'diagnostics' in remote
    ? remote
    : { value: { repository, remote: remote.value, branch: flags.branch ?? branch } };
}

async function deepen(repository: Repository, wanted: string | undefined): Promise<Diagnostics[number][]> {
  const remote = await remoteOf(repository, wanted);
  return [...('diagnostics' in remote ? remote.diagnostics : await unshallow(repository.git, remote.value))];
}

/** Cleans up where the process is asked to end, as build servers do, and ends it as the signal would have. */
function onSignals(clean: () => void): () => void {
  const handlers = (
    [
      ['SIGINT', 2],
      ['SIGTERM', 15],
      ['SIGHUP', 1],
    ] as const
  ).map(([signal, number]) => {
    const handler = () => {
      clean();
      process.exit(128 + number);
    };
    process.once(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    for (const forget of handlers) forget();
  };
}
