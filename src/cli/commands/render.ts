import { hasErrors } from '../../diagnostic/diagnostic.js';
import { applyChanges } from '../../layout/apply.js';
import { bootstrapPlan } from '../../live/bootstrap/plan.js';
import { nextSteps } from '../../report/next-steps.js';
import type { ReportFormat } from '../../report/reporters.js';
import { evaluate } from '../evaluate.js';
import { exitCode, exitCodeFor } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { pathPrefix, printReport } from '../print-report.js';
import type { Context } from '../context.js';

export interface RenderFlags {
  readonly cluster?: string;
  readonly check?: boolean;
  readonly strict?: boolean;
  readonly format: ReportFormat;
  readonly nextSteps?: boolean;
}

/** `spillway render`: makes dist/ and eksctl/ what the specs say, or with --check says whether they are. */
export async function render(context: Context, flags: RenderFlags): Promise<ExitCode> {
  const { root, terminal } = context;
  const { clusters, files, changes, sources, diagnostics: found } = await evaluate(context, flags.cluster);
  const different = changes.filter(({ kind }) => kind !== 'unchanged');

  const write = flags.check !== true && !hasErrors(found);
  const diagnostics = write ? [...found, ...applyChanges(root, different)] : found;
  const failed = hasErrors(diagnostics);

  await printReport(context, { diagnostics, sources, ...(failed ? {} : { changes, applied: write }) }, flags.format);
  if (flags.nextSteps === true && !failed) {
    const prefix = pathPrefix(root);
    const options = { pathPrefix: prefix, connection: {}, namespaceFiles: new Map<string, string>() };
    const next = clusters.map(({ cluster }) => ({
      name: cluster.name,
      apps: cluster.apps.length,
      steps: bootstrapPlan(cluster, options).steps,
    }));
    terminal.out(nextSteps(next, files, { colour: terminal.colour, pathPrefix: prefix }));
  }
  const code = exitCodeFor(diagnostics, flags);
  return code === exitCode.good && flags.check === true && different.length > 0 ? exitCode.problems : code;
}
