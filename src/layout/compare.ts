import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { leftoverSuffix } from './leftover.js';
import { renderedMark } from './emit.js';
import { clusterFolder, indexPath, ownerName } from './file-spec.js';
import type { FileChange, FileSpec } from './file-spec.js';
import { parseIndex } from './index-file.js';
import type { IndexEntry } from './index-file.js';
import { ownerFolder } from './plan.js';
import { entriesOf, filesBelow, ioDiagnostic, isIoError, obstacles, readIfThere } from './tree.js';

/** Which clusters a render was of. */
export interface RenderScope {
  readonly clusters: readonly string[];
  /** All clusters were rendered: one that dist/ holds beside them is gone, and its files go too. */
  readonly complete: boolean;
  /** Only the files of one app are compared; those of everybody else are not even read. */
  readonly app?: string;
}

export interface Comparison {
  /** Sorted by path; the unchanged files too. Empty where a diagnostic is an error. */
  readonly changes: readonly FileChange[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What has to change on disk below `root` for it to hold the planned files. A file is deleted only where the index.json of the last
 * render names it; one that nobody knows is a warning, and one that a person wrote where a rendered file should stand is an error.
 */
export function compareFiles(root: string, planned: readonly FileSpec[], scope: RenderScope): Comparison {
  try {
    const comparison = compareTrees(root, planned, scope);
    const blocked = comparison.diagnostics.some(({ severity }) => severity === 'error');
    return blocked ? { ...comparison, changes: [] } : comparison;
  } catch (error) {
    if (!isIoError(error)) throw error;
    return { changes: [], diagnostics: [ioDiagnostic('cannot-read', relativeTo(root, error.path), error)] };
  }
}

function compareTrees(root: string, planned: readonly FileSpec[], scope: RenderScope): Comparison {
  const plannedPaths = new Set(planned.map(({ path }) => path));
  const inTheWay = obstacles(root, plannedPaths);
  if (inTheWay.length > 0) return { changes: [], diagnostics: inTheWay };

  const clusters = scope.complete ? [...new Set([...scope.clusters, ...renderedBefore(root)])] : scope.clusters;
  const isMeant = ({ owner }: IndexEntry) => scope.app === undefined || owner === `app/${scope.app}`;
  const old = new Map(
    clusters.flatMap((cluster) =>
      oldFiles(root, cluster)
        .filter(isMeant)
        .map((file) => [file.path, file] as const),
    ),
  );

  const diagnostics: Diagnostic[] = [];
  const changes: FileChange[] = planned.map((file) => {
    const before = readIfThere(root, file.path);
    if (before && !isOurs(file, before, old)) diagnostics.push(foreignFile(file.path));
    return changeOf(file, before);
  });

  const onDisk = [...new Set(foldersToSearch(scope).flatMap((folder) => filesBelow(root, folder)))];
  for (const path of onDisk) {
    if (plannedPaths.has(path) || old.has(path)) continue;
    if (path.endsWith(leftoverSuffix))
      changes.push({ kind: 'delete', path, cluster: path.split('/')[1] ?? '', owner: 'interrupted render' });
    else diagnostics.push(unknownFile(path));
  }

  const gone = [...old.values()].filter(({ path }) => !plannedPaths.has(path) && readIfThereOrLink(root, path));
  diagnostics.push(
    ...obstacles(
      root,
      gone.map(({ path }) => path),
    ),
  );
  changes.push(...gone.map((file): FileChange => ({ kind: 'delete', ...file })));
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), diagnostics };
}

function changeOf(file: FileSpec, before: Buffer | undefined): FileChange {
  const { path, cluster, text: after } = file;
  const base = { path, cluster, owner: ownerName(file.owner) };
  if (!before) return { ...base, kind: 'create', after };
  if (before.equals(Buffer.from(after))) return { ...base, kind: 'unchanged' };
  return { ...base, kind: 'update', before: before.toString(), after };
}

/** Files of the last render of a cluster by its index.json, and that file itself. */
function oldFiles(root: string, cluster: string): (IndexEntry & { readonly cluster: string })[] {
  if (obstacles(root, [indexPath(cluster)]).length > 0) return [];
  const text = readIfThere(root, indexPath(cluster));
  if (!text) return [];
  return [...parseIndex(cluster, text.toString()), { path: indexPath(cluster), owner: 'index' }].map((entry) => ({
    ...entry,
    cluster,
  }));
}

/** Clusters with an index.json in dist/. */
function renderedBefore(root: string): string[] {
  return entriesOf(root, 'dist')
    .filter(({ name, isFolder }) => isFolder && readIfThere(root, indexPath(name)))
    .map(({ name }) => name);
}

function foldersToSearch(scope: RenderScope): string[] {
  const { app } = scope;
  if (app !== undefined) return scope.clusters.map((cluster) => ownerFolder(cluster, { kind: 'app', app }));
  return scope.complete ? ['dist'] : scope.clusters.map(clusterFolder);
}

/** Rendered before, or with our first line: a lost index.json must not make our own files foreign. */
function isOurs(file: FileSpec, before: Buffer, old: ReadonlyMap<string, unknown>): boolean {
  if (file.owner.kind === 'index' || old.has(file.path)) return true;
  return before.toString().startsWith(renderedMark) || before.equals(Buffer.from(file.text));
}

function readIfThereOrLink(root: string, path: string): boolean {
  return obstacles(root, [path]).length > 0 || readIfThere(root, path) !== undefined;
}

function unknownFile(path: string): Diagnostic {
  return {
    code: 'unknown-file',
    severity: 'warning',
    message: `${path} was not rendered: nothing here knows it, and it is never deleted`,
    hint: 'Argo CD applies what lies in dist/: remove the file, or name it under `manifests:` of an app in another folder',
    at: { file: path, line: 1, column: 1 },
  };
}

function foreignFile(path: string): Diagnostic {
  const hint = path.startsWith('eksctl/')
    ? 'move it away and render again; what it holds beyond the cluster spec goes under `eksctl.patches:`'
    : 'move it away and render again; objects of your own go under `manifests:` of an app';
  return {
    code: 'foreign-file',
    severity: 'error',
    message: `${path} was written by somebody else and would be overwritten`,
    hint,
    at: { file: path, line: 1, column: 1 },
  };
}

function relativeTo(root: string, path: string | undefined): string {
  if (!path) return root;
  return path.startsWith(root) ? path.slice(root.length).replaceAll('\\', '/').replace(/^\//, '') || '.' : path;
}
