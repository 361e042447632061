import type { FileSpec } from '../layout/file-spec.js';

/** Path of each rendered Namespace, as commands name it, by its name. */
export function namespaceFiles(files: readonly FileSpec[], pathPrefix: string): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ path, owner }): [string, string][] => {
      const name = /\/Namespace-([^/]+)\.yaml$/.exec(path)?.[1];
      const ours = owner.kind === 'platform' && owner.component === 'namespaces';
      return ours && name !== undefined ? [[name, pathPrefix + path]] : [];
    }),
  );
}
