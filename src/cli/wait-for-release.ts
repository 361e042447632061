import { commitOf, isNewerThanCheckout } from '../live/checkout.js';
import type { Expectation } from '../live/expectation.js';
import type { Answer, Kubectl } from '../live/kubectl.js';
import { readCluster } from '../live/read-cluster.js';
import { run } from '../live/run.js';
import { clusterStatus } from '../live/status.js';
import type { AppStatus, ClusterStatus } from '../live/status.js';
import { appVerdict, clusterVerdict } from '../live/verdict.js';
import type { Verdict } from '../live/verdict.js';
import { waitUntilReleased } from '../live/wait.js';
import { statusJson, statusTable } from '../report/status.js';
import { clock } from './clock.js';
import type { Context } from './context.js';
import { exitCode } from './exit-code.js';
import type { ExitCode } from './exit-code.js';

/** One look at a cluster. */
export async function lookAt(
  kubectl: Kubectl,
  expectation: Expectation,
  { secrets }: { readonly secrets: boolean },
): Promise<Answer<ClusterStatus>> {
  const live = await readCluster(kubectl, expectation, { secrets });
  return live.ok ? { ok: true, value: clusterStatus(expectation, live.value) } : live;
}

export function showStatus(
  { terminal }: Context,
  seen: ClusterStatus,
  { json, oneLine = false }: { readonly json: boolean; readonly oneLine?: boolean },
): void {
  terminal.out(json ? statusJson(seen, { oneLine }) : statusTable(seen, { colour: terminal.colour }));
}

interface Waiting {
  readonly kubectl: Kubectl;
  readonly expectation: Expectation;
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
  readonly json?: boolean;
  /** Shows nothing on stdout in the end. */
  readonly quiet?: boolean;
}

/** Waits until all of a cluster is as it is rendered. */
export function waitForCluster(context: Context, waiting: Waiting): Promise<ExitCode> {
  const look = () => lookAt(waiting.kubectl, waiting.expectation, { secrets: true });
  return wait(context, waiting, `cluster ${waiting.expectation.cluster}`, look, clusterVerdict);
}

/** Waits until one app is as it is rendered. It need not be allowed to read Secrets: who waits for a release is mostly a build server. */
export async function waitForApp(context: Context, waiting: Waiting, app: string): Promise<ExitCode> {
  const circumstances = {
    commit: await commitOf(run, context.root),
    isNewer: (revision: string) => isNewerThanCheckout(run, context.root, revision),
  };
  const look = () => lookAt(waiting.kubectl, waiting.expectation, { secrets: false });
  return wait(context, waiting, app, look, ({ apps }) => appVerdict(apps[0] as AppStatus, circumstances));
}

/** Says on stderr what it waits for, and shows what there was in the end. */
async function wait(
  context: Context,
  { timeoutSeconds, intervalSeconds, json = false, quiet = false }: Waiting,
  what: string,
  look: () => Promise<Answer<ClusterStatus>>,
  judge: (seen: ClusterStatus) => Promise<Verdict> | Verdict,
): Promise<ExitCode> {
  const { terminal } = context;
  const observe = (reason: string) => {
    terminal.err(`${what}: ${reason}\n`);
  };
  const outcome = await waitUntilReleased({ look, judge, timeoutSeconds, intervalSeconds, clock, observe });
  if (outcome.kind === 'unreachable') {
    terminal.err(`error: ${outcome.reason}\n`);
    return exitCode.misuse;
  }
  if (!quiet) showStatus(context, outcome.seen, { json });
  if (outcome.kind === 'released') return exitCode.good;
  terminal.err(`error: ${what} is not released: ${outcome.reason}\n`);
  return exitCode.problems;
}
