import { hasErrors, sortedDiagnostics, type Diagnostic } from '../../diagnostic/diagnostic.js';
import type { ManifestFile } from '../read/manifests.js';
import type { SourceDoc } from '../read/source.js';
import type { Specs } from '../schema/specs.js';
import { parseApp } from './apps.js';
import { parseCluster } from './clusters.js';
import { nameDiagnostics, nameOf, stem } from './names.js';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The specs of all files, checked by themselves and against each other, with every mistake in one list.
 * What is wrong is left out of the specs: an app whose base is wrong, or one cluster's version of it.
 */
export function parseSpecs(
  sources: readonly SourceDoc[],
  manifests: ReadonlyMap<string, ManifestFile> = new Map(),
): { specs: Specs; diagnostics: Diagnostic[] } {
  const clusterSources = sources.filter(({ kind }) => kind === 'cluster');
  const appSources = sources.filter(({ kind }) => kind === 'app');
  // A cluster whose file is wrong is still meant by the apps that name it.
  const names = [...new Set(clusterSources.flatMap((source) => [nameOf(source), stem(source.file)]))].sort();
  const parsedClusters = clusterSources.map(parseCluster);
  const parsedApps = appSources.map((source) => parseApp(source, names, manifests));

  const clusters = parsedClusters.flatMap(({ cluster }) => (cluster === undefined ? [] : [cluster]));
  clusters.sort((a, b) => byText(a.value.name, b.value.name));
  const usable = new Set(clusters.map(({ value }) => value.name));
  const apps = parsedApps.flatMap((parsed) => parsed.apps).filter(({ cluster }) => usable.has(cluster));
  apps.sort((a, b) => byText(a.cluster, b.cluster) || byText(a.spec.value.name, b.spec.value.name));
  const unreadableApps = appSources.flatMap((source, index) => {
    const wrong = source.value === undefined || hasErrors(parsedApps[index]?.diagnostics ?? []);
    return wrong ? [nameOf(source), stem(source.file)] : [];
  });
  const diagnostics = [
    ...nameDiagnostics('cluster', clusterSources),
    ...nameDiagnostics('app', appSources),
    ...parsedClusters.flatMap((parsed) => parsed.diagnostics),
    ...parsedApps.flatMap((parsed) => parsed.diagnostics),
  ];
  return {
    specs: { clusters, apps, unreadableApps: [...new Set(unreadableApps)].sort() },
    diagnostics: sortedDiagnostics(diagnostics),
  };
}
