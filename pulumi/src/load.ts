import { hasErrors, sortedDiagnostics } from '../../src/diagnostic/diagnostic.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { renderRepository } from '../../src/pipeline.js';
import { humanReport } from '../../src/report/human.js';
import { refusals } from './coverage.js';

/**
 * The cluster of clusters/<name>.yaml below `root`, resolved by the same stages and judged by the same checks as `spillway render`.
 * @throws Error with the report that a person reads, where the spec has errors or says what Pulumi cannot do
 */
export async function loadCluster(root: string, name: string): Promise<ResolvedCluster> {
  const { clusters, clusterNames, diagnostics, sources } = await renderRepository(root, { cluster: name });
  const found = clusters.map(({ cluster }) => cluster).find((cluster) => cluster.name === name);
  const all = sortedDiagnostics([...diagnostics, ...(found === undefined ? [] : refusals(found))]);
  if (hasErrors(all)) {
    const errors = all.filter(({ severity }) => severity === 'error');
    const report = { diagnostics: errors, sources };
    throw new Error(
      `the specs have errors:\n${humanReport(report, { colour: false, pathPrefix: '', rules: [], version: '' })}`,
    );
  }
  if (found === undefined) {
    throw new Error(`there is no cluster ${name} below ${root}: there are ${clusterNames.join(', ') || 'none'}`);
  }
  return found;
}
