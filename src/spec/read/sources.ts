import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { isFolder, readBytes, rootAbove, yamlFiles } from './files.js';
import { readManifests, type ManifestFile } from './manifests.js';
import { startOf } from './positions.js';
import { parseSource, type SourceDoc } from './source.js';
import { unreadFiles } from './unread.js';

/** Everything that people wrote in a repository, as text with positions. */
export interface Sources {
  /** Clusters by file, then apps by file; those that could not be read have no value. */
  readonly sources: SourceDoc[];
  /** The files under the apps' `manifests:`, by path. */
  readonly manifests: ReadonlyMap<string, ManifestFile>;
  readonly diagnostics: Diagnostic[];
}

const start = 'pass --root DIR, or start a repository with `spillway init`';

function readFolder(
  root: string,
  kind: 'cluster' | 'app',
  files: readonly string[],
): { sources: SourceDoc[]; diagnostics: Diagnostic[] } {
  const results = files.map((file) => {
    const read = readBytes(root, file);
    if ('bytes' in read) return parseSource(kind, file, read.bytes);
    return {
      source: { kind, file, text: '', value: undefined, positions: startOf(file) },
      diagnostics: [read.diagnostic],
    };
  });
  return {
    sources: results.map(({ source }) => source),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Reads clusters/*.yaml and apps/*.yaml (and .yml) below the root, and the manifests that the apps name. Nothing else is read. */
export function readSources(root: string): Sources {
  const fail = (...diagnostics: Diagnostic[]): Sources => ({ sources: [], manifests: new Map(), diagnostics });
  if (!isFolder(root))
    return fail({ code: 'root-missing', severity: 'error', message: `there is no folder ${root}`, hint: start });
  const clusters = yamlFiles(root, 'clusters');
  if (clusters === undefined) {
    const above = rootAbove(root);
    return fail({
      code: 'clusters-missing',
      severity: 'error',
      message: `there is no folder clusters/ in ${resolve(root)}`,
      hint: above === undefined ? start : `pass --root ${above}, which holds clusters/`,
    });
  }
  if ('diagnostic' in clusters) return fail(clusters.diagnostic);
  if (clusters.files.length === 0)
    return fail({
      code: 'clusters-missing',
      severity: 'error',
      message: 'there is no cluster in clusters/',
      hint: 'write clusters/<name>.yaml',
    });
  // A new repository has no apps yet.
  const apps = yamlFiles(root, 'apps') ?? { files: [] };

  const read = [
    readFolder(root, 'cluster', clusters.files),
    'files' in apps ? readFolder(root, 'app', apps.files) : { sources: [], diagnostics: [apps.diagnostic] },
  ];
  const sources = read.flatMap((folder) => folder.sources);
  const { manifests, diagnostics } = readManifests(root, sources);
  return {
    sources,
    manifests,
    diagnostics: [...read.flatMap((folder) => folder.diagnostics), ...diagnostics, ...unreadFiles(root, sources)],
  };
}
