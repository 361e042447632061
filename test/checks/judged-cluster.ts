import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import { resolve } from '../../src/model/resolve.js';
import { renderCluster, type RenderedCluster } from '../../src/pipeline.js';
import { parseSpecs } from '../../src/spec/parse/specs.js';
import { sourcesOf, type Texts } from '../support/repository.js';

/** What the checks are given for the first cluster of the texts, and what the rooms before them say. No files are planned. */
export function judgedCluster(texts: Texts): { rendered: RenderedCluster; diagnostics: readonly Diagnostic[] } {
  const read = sourcesOf(texts);
  const parsed = parseSpecs(read.sources, read.manifests);
  const { resolved, diagnostics } = resolve(parsed.specs);
  const [cluster] = resolved.clusters;
  const before = [...read.diagnostics, ...parsed.diagnostics, ...diagnostics];
  if (cluster === undefined) throw new Error(`no cluster was resolved: ${JSON.stringify(before)}`);
  const patching: Diagnostic[] = [];
  return { rendered: renderCluster(cluster, patching), diagnostics: [...before, ...patching] };
}
