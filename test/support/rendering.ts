import { join } from 'node:path';
import { renderRepository, renderSources, type RenderedCluster, type Rendering } from '../../src/pipeline.js';
import { describeDiagnostics, sourcesOf, type Texts } from './repository.js';

/** Everything a render of the texts finds out, errors included. */
export function renderTexts(texts: Texts): Promise<Rendering> {
  return renderSources(sourcesOf(texts));
}

/** The repository's own root. */
export const repositoryRoot = join(__dirname, '..', '..');

/** This repository's own clusters, rendered without errors. */
export async function renderOwnRepository(): Promise<Rendering> {
  const rendering = await renderRepository(repositoryRoot);
  const errors = rendering.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`the repository's own specs have errors:\n${describeDiagnostics(errors)}`);
  return rendering;
}

export function clusterNamed(rendering: Rendering, name: string): RenderedCluster {
  const found = rendering.clusters.find(({ cluster }) => cluster.name === name);
  if (found === undefined) throw new Error(`no cluster ${name} was rendered`);
  return found;
}
