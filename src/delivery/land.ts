import { failure, type Outcome } from './failure.js';
import { fetchBranch, pushCommit } from './remote.js';
import type { Repository } from './repository.js';

/** Time and luck, which only src/cli has. */
export interface Clock {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** At least 0 and below 1. */
  readonly random: () => number;
}

/** Where a commit shall land. */
export interface Target {
  readonly repository: Repository;
  readonly remote: string;
  readonly branch: string;
}

export interface LandOptions<Change> {
  readonly clock: Clock;
  /** For how long a rejected push is tried again. */
  readonly retryForMs: number;
  /** Makes the change anew on top of a commit of the branch; `commit` is undefined where nothing has to change. */
  readonly change: (base: string) => Promise<Outcome<Change & { readonly commit: string | undefined }>>;
  /** Told why there is another attempt. */
  readonly observe: (why: string) => void;
}

/**
 * How long to wait before the next attempt: anything up to a window that doubles each time, from the length of the last attempt on. Those
 * who lost together do not come back together, and where attempts take long, since many are at it, they spread further apart.
 */
function pauseMs(attempt: number, tookMs: number, random: number): number {
  return random * Math.min(20_000, Math.max(100, tookMs) * 2 ** Math.min(attempt, 5));
}

/**
 * Brings a change to a remote's branch against everybody else who pushes there: fetches the branch, makes the change on top of it,
 * pushes; where somebody was faster, all of it again on the new head, never a merge. Nothing is kept from one attempt to the next,
 * so that a run which is killed anywhere and started again does the same. Ends with the change, or with why it cannot be made, or when
 * the time is over.
 */
export async function land<Change>(
  { repository, remote, branch }: Target,
  { clock, retryForMs, change, observe }: LandOptions<Change>,
): Promise<Outcome<Change & { readonly commit: string | undefined }>> {
  const deadlineMs = clock.nowMs() + retryForMs;
  const leftMs = () => Math.max(1_000, deadlineMs - clock.nowMs());
  for (let attempt = 0; ; attempt += 1) {
    const startedMs = clock.nowMs();
    const fetched = await fetchBranch(repository.git, remote, branch, leftMs());
    if (fetched.kind === 'refused') return fetched.why;
    let why = fetched.kind === 'again' ? fetched.why : '';
    if (fetched.kind === 'done') {
      const changed = await change(fetched.value);
      if ('diagnostics' in changed || changed.value.commit === undefined) return changed;
      const { commit } = changed.value;
      const pushed = await pushCommit(repository.git, { remote, commit, branch }, leftMs());
      if (pushed.kind === 'done') return changed;
      if (pushed.kind === 'refused') return pushed.why;
      why = pushed.why;
    }
    const pause = pauseMs(attempt, clock.nowMs() - startedMs, clock.random());
    if (clock.nowMs() + pause >= deadlineMs) return outOfTime(attempt + 1, retryForMs, why);
    observe(why);
    await clock.sleep(pause);
  }
}

function outOfTime(attempts: number, retryForMs: number, why: string) {
  const tries = attempts === 1 ? 'one attempt' : `${attempts} attempts`;
  return failure(
    'push-out-of-time',
    `not landed after ${tries} in ${Math.round(retryForMs / 1000)} seconds: ${why}`,
    'nothing of it is on the branch unless the server says so: run it again, which lands it once; --retry-for gives it longer',
  );
}

/**
 * Moves the checked-out branch, and the files with it, to a commit made on top of it. git itself refuses where that would overwrite
 * anything.
 */
export async function advanceCheckout(
  { git }: Repository,
  commit: string,
): Promise<ReturnType<typeof failure> | undefined> {
  const { code, stderr } = await git.run(['merge', '--quiet', '--ff-only', commit]);
  if (code === 0) return undefined;
  return failure(
    'checkout-moved',
    `the bump could not be put into the checkout: ${stderr.trim().split('\n')[0] ?? ''}`,
    'nothing was changed; run it again',
  );
}
