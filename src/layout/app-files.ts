import { compareFiles, type Comparison } from './compare.js';
import { indexPath, ownerName } from './file-spec.js';
import type { FileSpec } from './file-spec.js';
import { indexText, parseIndex } from './index-file.js';
import { ownerFolder } from './plan.js';
import { readIfThere } from './tree.js';

/** What `compareAppFiles` reads below the root: the list of the cluster's files, and the app's folder. */
export function pathsOfApp(cluster: string, app: string): readonly string[] {
  return [indexPath(cluster), ownerFolder(cluster, { kind: 'app', app })];
}

/**
 * What has to change below `root` for one app's files on one cluster to be as planned; index.json changes where the app's files are others
 * than before, and nobody else's lines of it do. Refused where the app was never rendered: its Application would be missing.
 */
export function compareAppFiles(root: string, planned: readonly FileSpec[], cluster: string, app: string): Comparison {
  const owner = `app/${app}`;
  const text = readIfThere(root, indexPath(cluster))?.toString();
  const before = text === undefined ? [] : parseIndex(cluster, text);
  if (!before.some((entry) => entry.owner === owner)) {
    return {
      changes: [],
      diagnostics: [
        {
          code: 'app-never-rendered',
          severity: 'error',
          message: `dist/ does not have ${app} on ${cluster} yet`,
          hint: 'run `spillway render` and commit its result: an app comes with more files than its own',
        },
      ],
    };
  }
  const own = planned.filter((file) => file.cluster === cluster && ownerName(file.owner) === owner);
  const entries = [...before.filter((entry) => entry.owner !== owner), ...own.map(({ path }) => ({ path, owner }))];
  const index: FileSpec = { path: indexPath(cluster), cluster, owner: { kind: 'index' }, text: indexText(entries) };
  return compareFiles(root, [...own, index], { clusters: [cluster], complete: false, app });
}
