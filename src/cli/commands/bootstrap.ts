import { createInterface } from 'node:readline/promises';
import { applyPlan } from '../../live/bootstrap/apply.js';
import type { AppliedStep } from '../../live/bootstrap/apply.js';
import { bootstrapPlan } from '../../live/bootstrap/plan.js';
import type { Plan } from '../../live/bootstrap/plan.js';
import { expectationOf } from '../../live/expectation.js';
import { Kubectl } from '../../live/kubectl.js';
import { run } from '../../live/run.js';
import type { RenderedCluster } from '../../pipeline.js';
import { planJson, planScript } from '../../report/bootstrap.js';
import type { Context } from '../context.js';
import { parseDuration } from '../duration.js';
import { exitCode } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { namespaceFiles } from '../namespace-files.js';
import { pathPrefix } from '../print-report.js';
import { renderedCluster } from '../rendered-cluster.js';
import { showStatus, waitForCluster } from '../wait-for-release.js';

export interface BootstrapFlags {
  readonly apply?: boolean;
  readonly yes?: boolean;
  readonly timeout: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly format: 'human' | 'json';
}

/** `spillway bootstrap CLUSTER`: the commands from nothing to a syncing cluster; with --apply it runs them. */
export async function bootstrap(context: Context, flags: BootstrapFlags, name: string): Promise<ExitCode> {
  const { terminal, root } = context;
  const timeoutSeconds = parseDuration(flags.timeout);
  if (timeoutSeconds === undefined) return misuse(context, '--timeout is a duration such as 30m or 1h');
  const found = await renderedCluster(context, name);
  if ('code' in found) return found.code;
  const prefix = pathPrefix(root);
  const plan = bootstrapPlan(found.cluster.cluster, {
    pathPrefix: prefix,
    connection: flags,
    namespaceFiles: namespaceFiles(found.files, prefix),
  });
  const stale = found.changes.some(({ kind }) => kind !== 'unchanged');
  if (flags.apply !== true) {
    if (stale) terminal.err('warning: dist/ and eksctl/ are not up to date: `spillway render`, then commit and push\n');
    terminal.out(flags.format === 'json' ? planJson(plan, undefined) : planScript(plan, { colour: terminal.colour }));
    return exitCode.good;
  }
  if (stale) return misuse(context, 'dist/ and eksctl/ are not up to date: `spillway render`, then commit and push');
  if (plan.production && flags.yes !== true && !terminal.canAsk)
    return misuse(context, `cluster ${name} is a production cluster, and there is nobody to ask: add --yes`);
  const applied = await applyWith(context, plan, found.cluster, { ...flags, timeoutSeconds });
  if (flags.format === 'json') terminal.out(planJson(plan, applied));
  return applied.some(({ outcome }) => outcome === 'failed') ? exitCode.problems : exitCode.good;
}

async function applyWith(
  context: Context,
  plan: Plan,
  cluster: RenderedCluster,
  flags: BootstrapFlags & { readonly timeoutSeconds: number },
): Promise<readonly AppliedStep[]> {
  const { terminal } = context;
  const err = (text: string) => {
    terminal.err(text);
  };
  const kubectl = new Kubectl(run, plan.connection);
  const applied = await applyPlan(plan, {
    world: { target: plan, run, kubectl, isSet: (variable) => (process.env[variable] ?? '') !== '' },
    begin: ({ title }, number, of) => {
      err(`[${number}/${of}] ${title}\n`);
    },
    say: (text) => {
      err(`      ${text}\n`);
    },
    show: err,
    confirm: async () => flags.yes === true || !plan.production || (await confirmed(plan)),
    wait: async () => {
      const expectation = expectationOf(cluster);
      const waiting = { kubectl, expectation, timeoutSeconds: flags.timeoutSeconds, intervalSeconds: 5 };
      const outcome = await waitForCluster(context, waiting);
      if (outcome.kind !== 'unreachable' && flags.format === 'human')
        showStatus(context, outcome.seen, { json: false });
      return outcome.kind === 'released' ? undefined : outcome.reason;
    },
  });
  const last = applied.at(-1);
  if (last?.outcome === 'failed') {
    err(`error: ${last.said ?? last.id}\n  what to do: ${last.todo ?? ''}\n`);
    err('  then the same command again: it goes on from here\n');
  }
  return applied;
}

async function confirmed({ cluster, region, existing }: Plan): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const what = existing ? `set up production cluster ${cluster}` : `make production cluster ${cluster} in ${region}`;
    return /^y(es)?$/i.test((await asking.question(`This will ${what}. Go on? [y/N] `)).trim());
  } finally {
    asking.close();
  }
}

function misuse({ terminal }: Context, message: string): ExitCode {
  terminal.err(`error: ${message}\n`);
  return exitCode.misuse;
}
