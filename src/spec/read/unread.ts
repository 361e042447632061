import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { filesBelow, type FoundFile } from './files.js';
import { namedManifests } from './manifests.js';
import { startOf } from './positions.js';
import type { SourceDoc } from './source.js';

const folders = [
  { folder: 'clusters', one: 'a cluster' },
  { folder: 'apps', one: 'an app' },
] as const;

/** A file that looks as if it were meant to be read: YAML in a folder below, and what is nearly called .yaml beside the specs. */
function looksMeant({ path, depth }: FoundFile): boolean {
  if (depth > 0) return /\.ya?ml$/i.test(path);
  return /\.(ya?ml|json)$/i.test(path) && !/\.ya?ml$/.test(path);
}

/**
 * Warnings about files in clusters/ and apps/ that nobody reads: a spec that was moved into a folder takes everything away that it made.
 * None about apps' files where an app's own could not be read, for what it names under `manifests:` is then unknown.
 */
export function unreadFiles(root: string, sources: readonly SourceDoc[]): Diagnostic[] {
  if (sources.some(({ kind, value }) => kind === 'app' && value === undefined)) return [];
  const named = new Set(sources.flatMap(namedManifests).map(({ path }) => posix.normalize(path)));
  return folders.flatMap(({ folder, one }) =>
    filesBelow(root, folder)
      .filter((file) => looksMeant(file) && !named.has(file.path))
      .map(({ path, depth }): Diagnostic => {
        const wanted = `${folder}/${posix.basename(path).replace(/\.[^.]*$/, '')}.yaml`;
        const change = depth > 0 ? `move it to ${wanted}` : `make it ${wanted}`;
        return {
          code: 'file-not-read',
          severity: 'warning',
          message: `nothing reads this file: the file of ${one} lies directly in ${folder}/ and ends in .yaml or .yml`,
          hint: `${change} if it is ${one}, or name it under an app’s \`manifests:\` if it holds Kubernetes objects`,
          at: startOf(path).at,
        };
      }),
  );
}
