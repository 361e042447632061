import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { exitCodeFor } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import { printReport } from '../print-report.js';
import type { Context } from '../context.js';
import { summaryOf } from './change.js';
import type { DeliveryResult } from './deliver.js';

/** Prints why nothing was done, and returns the exit code for it. */
export async function reportRefusal(
  context: Context,
  refusal: { readonly diagnostics: readonly Diagnostic[]; readonly sources?: ReadonlyMap<string, string> },
  app: string,
): Promise<ExitCode> {
  const { diagnostics, sources = new Map<string, string>() } = refusal;
  await printReport(context, { diagnostics, sources }, 'human');
  if (diagnostics.length === 0) context.terminal.err(`error: ${app} was not changed\n`);
  return exitCodeFor(diagnostics);
}

/** Prints what has become of a bump: what changed, where it is, and what the checks say of it. */
export async function reportDelivery(context: Context, result: DeliveryResult, app: string): Promise<ExitCode> {
  if ('diagnostics' in result) return reportRefusal(context, result, app);
  const { change, where, sources } = result;
  const { terminal } = context;
  if (change.kind === 'nothing') {
    terminal.out(
      `${app}: nothing to do: ${change.why}\n${change.hint === undefined ? '' : `  hint: ${change.hint}\n`}`,
    );
    return exitCodeFor([]);
  }
  if (change.remarks.length > 0) await printReport(context, { diagnostics: change.remarks, sources }, 'human');
  const lines = [
    summaryOf(change.record),
    ...change.paths.map((path) => `  ${path}`),
    `commit ${change.commit.slice(0, 9)} ${where[0] ?? ''}`,
    ...where.slice(1),
  ];
  terminal.out(`${lines.join('\n')}\n`);
  return exitCodeFor(change.remarks);
}
