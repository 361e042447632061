import { commitOf, isNewerThanCheckout } from '../../live/checkout.js';
import { expectationOf, expectationOfApp } from '../../live/expectation.js';
import type { Expectation } from '../../live/expectation.js';
import { Kubectl } from '../../live/kubectl.js';
import type { Answer } from '../../live/kubectl.js';
import { readCluster } from '../../live/read-cluster.js';
import { run } from '../../live/run.js';
import { clusterStatus } from '../../live/status.js';
import type { ClusterStatus } from '../../live/status.js';
import { appVerdict, clusterVerdict } from '../../live/verdict.js';
import type { Verdict } from '../../live/verdict.js';
import { waitUntilReleased } from '../../live/wait.js';
import { statusJson, statusTable } from '../../report/status.js';
import { clock } from '../clock.js';
import type { Context } from '../context.js';
import { didYouMean } from '../did-you-mean.js';
import { parseDuration } from '../duration.js';
import { exitCode } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { renderedCluster } from '../rendered-cluster.js';

export interface StatusFlags {
  readonly app?: string;
  readonly wait?: boolean;
  readonly watch?: boolean;
  readonly timeout: string;
  readonly interval: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly format: 'human' | 'json';
}

/** `spillway status CLUSTER`: what is live beside what the specs say; with --wait, until it is the same. */
export async function status(context: Context, flags: StatusFlags, name: string): Promise<ExitCode> {
  const { terminal } = context;
  const [timeoutSeconds, intervalSeconds] = [parseDuration(flags.timeout), parseDuration(flags.interval)];
  if (timeoutSeconds === undefined || intervalSeconds === undefined || intervalSeconds === 0)
    return misuse(context, '--timeout and --interval are durations such as 90s, 30m or 1h');
  if (flags.wait === true && flags.watch === true) return misuse(context, '--wait ends by itself, --watch does not');
  const rendered = await renderedCluster(context, name);
  if ('code' in rendered) return rendered.code;
  const all = expectationOf(rendered.cluster);
  const expectation = flags.app === undefined ? all : expectationOfApp(all, flags.app);
  if (expectation === undefined)
    return misuse(
      context,
      `there is no app ${flags.app ?? ''} on cluster ${name}`,
      didYouMean(
        flags.app ?? '',
        all.apps.map((app) => app.name),
      ),
    );

  const kubectl = new Kubectl(run, flags);
  const look = () => lookAt(kubectl, expectation, flags.app === undefined || flags.wait !== true);
  const show = (seen: ClusterStatus) => {
    terminal.out(
      flags.format === 'json'
        ? statusJson(seen, { oneLine: flags.watch === true })
        : statusTable(seen, { colour: terminal.colour }),
    );
  };
  if (flags.watch === true) return watch(context, { look, show, intervalSeconds, human: flags.format === 'human' });
  if (flags.wait === true)
    return waitAndShow(context, { look, show, expectation, app: flags.app, timeoutSeconds, intervalSeconds });

  terminal.progress(`asking cluster ${name}`);
  const answer = await look();
  if (!answer.ok) return misuse(context, answer.error);
  show(answer.value);
  return answer.value.state === 'failed' ? exitCode.problems : exitCode.good;
}

type Look = () => Promise<Answer<ClusterStatus>>;

async function lookAt(kubectl: Kubectl, expectation: Expectation, secrets: boolean): Promise<Answer<ClusterStatus>> {
  const live = await readCluster(kubectl, expectation, { secrets });
  return live.ok ? { ok: true, value: clusterStatus(expectation, live.value) } : live;
}

interface Waiting {
  readonly look: Look;
  readonly show: (seen: ClusterStatus) => void;
  readonly expectation: Expectation;
  readonly app: string | undefined;
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
}

/** Waits, says on stderr for what, and shows what there was in the end. Shared with `bootstrap --apply`. */
export async function waitAndShow(context: Context, { show, expectation, app, ...rest }: Waiting): Promise<ExitCode> {
  const { terminal, root } = context;
  const what = app ?? `cluster ${expectation.cluster}`;
  const circumstances = {
    commit: await commitOf(run, root),
    isNewer: (revision: string) => isNewerThanCheckout(run, root, revision),
  };
  const judge = async (seen: ClusterStatus): Promise<Verdict> => {
    const [only] = seen.apps;
    return app === undefined || only === undefined ? clusterVerdict(seen) : appVerdict(only, circumstances);
  };
  const observe = (reason: string) => {
    terminal.err(`${what}: ${reason}\n`);
  };
  const outcome = await waitUntilReleased({ ...rest, judge, clock, observe });
  if (outcome.kind === 'unreachable') return misuse(context, outcome.reason);
  show(outcome.seen);
  if (outcome.kind === 'released') return exitCode.good;
  terminal.err(`error: ${what} is not released: ${outcome.reason}\n`);
  return exitCode.problems;
}

interface Watching {
  readonly look: Look;
  readonly show: (seen: ClusterStatus) => void;
  readonly intervalSeconds: number;
  readonly human: boolean;
}

/** Shows every change until it is interrupted; on a terminal in one place. */
async function watch(context: Context, { look, show, intervalSeconds, human }: Watching): Promise<ExitCode> {
  const { terminal } = context;
  let last: string | undefined;
  for (;;) {
    const answer = await look();
    if (!answer.ok && last === undefined) return misuse(context, answer.error);
    const now = JSON.stringify(answer);
    if (now !== last) {
      if (human) terminal.clear();
      if (answer.ok) show(answer.value);
      else terminal.err(`the cluster does not answer: ${answer.error}\n`);
    }
    last = now;
    await clock.sleep(intervalSeconds * 1000);
  }
}

function misuse({ terminal }: Context, message: string, hint?: string): ExitCode {
  terminal.err(`error: ${message}\n${hint === undefined ? '' : `  hint: ${hint}\n`}`);
  return exitCode.misuse;
}
