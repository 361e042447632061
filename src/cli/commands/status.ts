import { expectationOf, expectationOfApp } from '../../live/expectation.js';
import { Kubectl } from '../../live/kubectl.js';
import type { Answer } from '../../live/kubectl.js';
import { run } from '../../live/run.js';
import type { ClusterStatus } from '../../live/status.js';
import type { Outcome } from '../../live/wait.js';
import { clock } from '../clock.js';
import type { Context } from '../context.js';
import { didYouMean } from '../did-you-mean.js';
import { parseDuration } from '../duration.js';
import { exitCode } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { renderedCluster } from '../rendered-cluster.js';
import { lookAt, showStatus, waitForApp, waitForCluster } from '../wait-for-release.js';

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

const whichCluster = 'which cluster is asked: --context, --kubeconfig';

/** `spillway status CLUSTER`: what is live beside what the specs say; with --wait, until it is the same. */
export async function status(context: Context, flags: StatusFlags, name: string): Promise<ExitCode> {
  const { app, format } = flags;
  const [timeoutSeconds, intervalSeconds] = [parseDuration(flags.timeout), parseDuration(flags.interval)];
  if (timeoutSeconds === undefined || intervalSeconds === undefined || intervalSeconds === 0)
    return misuse(context, '--timeout and --interval are durations such as 5s, 30m or 1h');
  if (flags.wait === true && flags.watch === true) return misuse(context, '--wait ends by itself, --watch does not');
  const rendered = await renderedCluster(context, name);
  if ('code' in rendered) return rendered.code;
  const all = expectationOf(rendered.cluster);
  const expectation = app === undefined ? all : expectationOfApp(all, app);
  if (expectation === undefined) {
    const names = all.apps.map((candidate) => candidate.name);
    return misuse(context, `there is no app ${app ?? ''} on cluster ${name}`, didYouMean(app ?? '', names));
  }

  const kubectl = new Kubectl(run, flags);
  const json = format === 'json';
  if (flags.wait === true) {
    const waiting = { kubectl, expectation, timeoutSeconds, intervalSeconds };
    const outcome = await (app === undefined ? waitForCluster(context, waiting) : waitForApp(context, waiting));
    return showOutcome(context, outcome, app ?? `cluster ${name}`, json);
  }
  const look = () => lookAt(kubectl, expectation, { secrets: true });
  if (flags.watch === true) return watch(context, { look, intervalSeconds, json });
  context.terminal.progress(`asking cluster ${name}`);
  const answer = await look();
  if (!answer.ok) return misuse(context, answer.error, whichCluster);
  showStatus(context, answer.value, { json });
  return answer.value.state === 'failed' ? exitCode.problems : exitCode.good;
}

function showOutcome(context: Context, outcome: Outcome<ClusterStatus>, what: string, json: boolean): ExitCode {
  if (outcome.kind === 'unreachable') return misuse(context, outcome.reason, whichCluster);
  showStatus(context, outcome.seen, { json });
  if (outcome.kind === 'released') return exitCode.good;
  context.terminal.err(`error: ${what} is not released: ${outcome.reason}\n`);
  return exitCode.problems;
}

interface Watching {
  readonly look: () => Promise<Answer<ClusterStatus>>;
  readonly intervalSeconds: number;
  readonly json: boolean;
}

/** Shows every change until it is interrupted; on a terminal in one place. */
async function watch(context: Context, { look, intervalSeconds, json }: Watching): Promise<ExitCode> {
  const { terminal } = context;
  for (let last = ''; ;) {
    const answer = await look();
    if (!answer.ok && last === '') return misuse(context, answer.error, whichCluster);
    const now = JSON.stringify(answer);
    if (now !== last) {
      if (!json) terminal.clear();
      if (answer.ok) showStatus(context, answer.value, { json, oneLine: true });
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
