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
import type { Outcome } from '../live/wait.js';
import { statusJson, statusTable } from '../report/status.js';
import { clock } from './clock.js';
import type { Context } from './context.js';

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

export interface Waiting {
  readonly kubectl: Kubectl;
  readonly expectation: Expectation;
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
}

type Waited = Promise<Outcome<ClusterStatus>>;

/** Waits until all of a cluster is as it is rendered, and says on stderr for what. */
export function waitForCluster(context: Context, waiting: Waiting): Waited {
  const look = () => lookAt(waiting.kubectl, waiting.expectation, { secrets: true });
  return wait(context, waiting, `cluster ${waiting.expectation.cluster}`, look, clusterVerdict);
}

/**
 * The same for the one app of the expectation. It need not be allowed to read Secrets: who waits for a release is mostly a build
 * server.
 */
export async function waitForApp(context: Context, waiting: Waiting): Waited {
  const circumstances = {
    commit: await commitOf(run, context.root),
    isNewer: (revision: string) => isNewerThanCheckout(run, context.root, revision),
  };
  const look = () => lookAt(waiting.kubectl, waiting.expectation, { secrets: false });
  const [app] = waiting.expectation.apps;
  return wait(context, waiting, app?.name ?? '', look, ({ apps }) => appVerdict(apps[0] as AppStatus, circumstances));
}

function wait(
  { terminal }: Context,
  { timeoutSeconds, intervalSeconds }: Waiting,
  what: string,
  look: () => Promise<Answer<ClusterStatus>>,
  judge: (seen: ClusterStatus) => Promise<Verdict> | Verdict,
): Waited {
  const observe = (reason: string) => {
    terminal.err(`${what}: ${reason}\n`);
  };
  return waitUntilReleased({ look, judge, timeoutSeconds, intervalSeconds, clock, observe });
}
