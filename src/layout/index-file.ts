import { clusterFolder, eksctlPath, indexPath, ownerName } from './file-spec.js';
import type { FileSpec } from './file-spec.js';

/** A line of index.json. */
export interface IndexEntry {
  readonly path: string;
  readonly owner: string;
}

/**
 * index.json of a cluster: path and owner of every rendered file, sorted, one a line, so that two pull requests that add
 * different apps rarely meet. No hashes: Git has them.
 */
export function indexFile(cluster: string, files: readonly FileSpec[]): FileSpec {
  const entries = files.map(({ path, owner }) => ({ path, owner: ownerName(owner) }));
  return { path: indexPath(cluster), cluster, owner: { kind: 'index' }, text: indexText(entries) };
}

/** The text of an index.json that holds these entries. */
export function indexText(entries: readonly IndexEntry[]): string {
  const lines = [...entries]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((entry) => `  {"path": ${JSON.stringify(entry.path)}, "owner": ${JSON.stringify(entry.owner)}}`);
  return `[\n${lines.join(',\n')}\n]\n`;
}

/**
 * The entries of an index.json, read line by line: a file with the markers of a merge conflict still names the files of both
 * sides. Only paths of this cluster count, since what stands here may be deleted.
 */
export function parseIndex(cluster: string, text: string): IndexEntry[] {
  return text.split('\n').flatMap((line) => {
    const entry = parseEntry(line.trim().replace(/,$/, ''));
    return entry && belongsTo(cluster, entry.path) ? [entry] : [];
  });
}

function parseEntry(line: string): IndexEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line) as Partial<Record<keyof IndexEntry, unknown>>;
    return typeof value.path === 'string' ? { path: value.path, owner: String(value.owner) } : undefined;
  } catch {
    return undefined;
  }
}

function belongsTo(cluster: string, path: string): boolean {
  const parts = path.split('/');
  const tidy = !path.includes('\\') && !parts.some((part) => part === '' || part === '.' || part === '..');
  return tidy && (path === eksctlPath(cluster) || path.startsWith(`${clusterFolder(cluster)}/`));
}
