import { hasErrors } from '../../diagnostic/diagnostic.js';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { jenkinsfile, libraryCall, sharedLibrary } from '../../jenkins/jenkinsfile.js';
import { planPipeline } from '../../jenkins/plan.js';
import type { PipelineOptions, PipelinePlan } from '../../jenkins/plan.js';
import type { ResolvedApp, ResolvedCluster } from '../../model/resolved.js';
import { renderRepository } from '../../pipeline.js';
import { didYouMean } from '../did-you-mean.js';
import { exitCodeFor } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { printReport } from '../print-report.js';
import type { Context } from '../context.js';

export interface PipelineFlags extends PipelineOptions {
  readonly cluster?: string;
  readonly sharedLibrary?: boolean;
}

/**
 * `spillway pipeline APP`: the Jenkinsfile of an app's own source repository on stdout, what there is to say of it on stderr. With
 * --shared-library the library that holds the pipeline for many apps, with --library the lines by which one of them calls it.
 */
export async function pipeline(context: Context, flags: PipelineFlags, name: string): Promise<ExitCode> {
  const { clusters, diagnostics, sources } = await renderRepository(context.root);
  const candidates = clusters.flatMap(({ cluster }) =>
    cluster.apps.filter((app) => app.name === name).map((app) => ({ app, cluster })),
  );
  const unread = candidates.length === 0 && hasErrors(diagnostics);
  const bumped = flags.cluster ?? candidates[0]?.app.delivery.bumps;
  const target = unread ? { diagnostics } : chooseCluster(name, candidates, clusters.flatMap(appNames), bumped);
  const plan: PipelinePlan = 'cluster' in target ? planPipeline(target.app, target.cluster, flags) : target;

  // Stdout is the Jenkinsfile's: it is there to be redirected.
  const { terminal } = context;
  const said = {
    ...context,
    terminal: {
      ...terminal,
      out: (text: string) => {
        terminal.err(text);
      },
    },
  };
  await printReport(said, { diagnostics: plan.diagnostics, sources }, 'human');
  if (plan.inputs) {
    const { inputs } = plan;
    const text =
      flags.library !== undefined
        ? libraryCall(inputs, flags.library)
        : flags.sharedLibrary === true
          ? sharedLibrary(inputs)
          : jenkinsfile(inputs);
    terminal.out(text);
  }
  return exitCodeFor(plan.diagnostics);
}

interface Target {
  readonly app: ResolvedApp;
  readonly cluster: ResolvedCluster;
}

function appNames({ cluster }: { readonly cluster: ResolvedCluster }): string[] {
  return cluster.apps.map(({ name }) => name);
}

/** The app on the cluster that new builds go to. Where there are several, a person says which: no build reaches production unasked. */
function chooseCluster(
  name: string,
  candidates: readonly Target[],
  known: readonly string[],
  wanted: string | undefined,
): Target | { readonly diagnostics: readonly Diagnostic[] } {
  const names = candidates.map(({ cluster }) => cluster.name);
  if (candidates.length === 0) return misuse(`there is no app named ${name}`, didYouMean(name, known));
  const [only] = candidates;
  if (wanted === undefined && candidates.length === 1 && only) return only;
  if (wanted === undefined)
    return misuse(
      `${name} is on ${names.join(', ')}: \`--cluster\` or \`delivery.bumps\` must say which one gets the builds`,
      'the others get them by `spillway promote`',
    );
  const chosen = candidates.find(({ cluster }) => cluster.name === wanted);
  return chosen ?? misuse(`there is no cluster with ${name} named ${wanted}`, didYouMean(wanted, names));
}

function misuse(message: string, hint: string): { readonly diagnostics: readonly Diagnostic[] } {
  return { diagnostics: [{ code: 'invalid-option', severity: 'error', message, hint }] };
}
