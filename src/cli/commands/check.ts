import { counted } from '../../report/report.js';
import type { ReportFormat } from '../../report/reporters.js';
import { evaluate } from '../evaluate.js';
import { exitCodeFor } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { printReport } from '../print-report.js';
import type { Context } from '../context.js';

export interface CheckFlags {
  readonly cluster?: string;
  readonly strict?: boolean;
  readonly format: ReportFormat;
}

/** `spillway check`: every diagnostic, and nothing written. Whether dist/ is up to date is `render --check`'s question. */
export async function check(context: Context, flags: CheckFlags): Promise<ExitCode> {
  const { diagnostics, sources, clusters } = await evaluate(context, flags.cluster);
  await printReport(context, { diagnostics, sources }, flags.format);
  if (diagnostics.length === 0 && flags.format === 'human') {
    const apps = new Set(clusters.flatMap(({ cluster }) => cluster.apps.map(({ name }) => name)));
    context.terminal.out(`no problems: ${counted(clusters.length, 'cluster')}, ${counted(apps.size, 'app')}\n`);
  }
  return exitCodeFor(diagnostics, flags);
}
