import { hasErrors } from '../diagnostic/diagnostic.js';
import type { FileChange, FileSpec } from '../layout/file-spec.js';
import type { RenderedCluster } from '../pipeline.js';
import { evaluate } from './evaluate.js';
import { exitCodeFor } from './exit-code.js';
import type { ExitCode } from './exit-code.js';
import { printReport } from './print-report.js';
import type { Context } from './context.js';

/** One cluster as its specs say it, and how the files on disk differ from that. */
export interface FoundCluster {
  readonly cluster: RenderedCluster;
  readonly files: readonly FileSpec[];
  readonly changes: readonly FileChange[];
}

/** Renders a cluster for a command that goes on to the live one. Where the specs have errors, it says them and returns the exit code. */
export async function renderedCluster(
  context: Context,
  name: string,
): Promise<FoundCluster | { readonly code: ExitCode }> {
  const { clusters, files, changes, diagnostics, sources } = await evaluate(context, name);
  const cluster = clusters.find((rendered) => rendered.cluster.name === name);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (cluster === undefined || hasErrors(errors)) {
    await printReport(context, { diagnostics: errors, sources }, 'human');
    return { code: exitCodeFor(errors) };
  }
  return { cluster, files, changes };
}
