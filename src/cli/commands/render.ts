import { hasErrors } from '../../diagnostic/diagnostic.js';
import { applyChanges } from '../../layout/apply.js';
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
    const resolved = clusters.map(({ cluster }) => cluster);
    terminal.out(nextSteps(resolved, files, { colour: terminal.colour, pathPrefix: pathPrefix(root) }));
  }
  const code = exitCodeFor(diagnostics, flags);
  return code === exitCode.good && flags.check === true && different.length > 0 ? exitCode.problems : code;
}
