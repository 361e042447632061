import { hasErrors, sortedDiagnostics } from '../diagnostic/diagnostic.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { compareFiles } from '../layout/compare.js';
import type { FileChange } from '../layout/file-spec.js';
import { eksctlHandovers } from '../layout/eksctl-handover.js';
import { portHandovers } from '../layout/port-handover.js';
import { replicaHandovers } from '../layout/replica-handover.js';
import { rolloutHandovers } from '../layout/rollout-handover.js';
import { renderRepository } from '../pipeline.js';
import type { Rendering } from '../pipeline.js';
import { didYouMean } from './did-you-mean.js';
import type { Context } from './context.js';

/** A rendering and its comparison with the disk; its diagnostics are those of both. */
export interface Evaluation extends Rendering {
  /** Empty where a diagnostic is an error. */
  readonly changes: readonly FileChange[];
}

/** Renders a repository in memory and compares the result with what lies there. Writes nothing. */
export async function evaluate({ root, terminal }: Context, cluster: string | undefined): Promise<Evaluation> {
  const rendering = await renderRepository(root, {
    observe: (stage) => {
      terminal.progress(stage);
    },
    ...(cluster === undefined ? {} : { cluster }),
  });
  const diagnostics = [...rendering.diagnostics, ...unknownCluster(rendering, cluster)];
  if (hasErrors(diagnostics)) return { ...rendering, diagnostics: sortedDiagnostics(diagnostics), changes: [] };

  const resolved = rendering.clusters.map((rendered) => rendered.cluster);
  const scope = { clusters: resolved.map(({ name }) => name), complete: cluster === undefined };
  const comparison = compareFiles(root, rendering.files, scope);
  const handovers = [eksctlHandovers, portHandovers, replicaHandovers, rolloutHandovers].flatMap((find) =>
    find(resolved, comparison.changes),
  );
  return {
    ...rendering,
    diagnostics: sortedDiagnostics([...diagnostics, ...comparison.diagnostics, ...handovers]),
    changes: comparison.changes,
  };
}

/** What to say where --cluster names none. A cluster whose spec cannot be read is there all the same: its errors say why. */
function unknownCluster({ clusterNames, sources }: Rendering, wanted: string | undefined): Diagnostic[] {
  const files = [...sources.keys()].flatMap((file) => /^clusters\/([^/]+)\.ya?ml$/.exec(file)?.[1] ?? []);
  const names = [...new Set([...clusterNames, ...files])].sort();
  if (wanted === undefined || names.includes(wanted)) return [];
  if (names.length === 0) return []; // that there is no cluster at all is said already
  const message = `there is no cluster ${wanted}`;
  return [{ code: 'unknown-cluster-option', severity: 'error', message, hint: didYouMean(wanted, names) }];
}
