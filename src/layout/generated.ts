import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Text of files that are generated from the sources, by path relative to the repository's root. */
export type GeneratedFiles = ReadonlyMap<string, string>;

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Paths of the files below the root that are missing or differ from what is generated, in order. */
export function staleFiles(root: string, files: GeneratedFiles): string[] {
  return [...files].filter(([path, text]) => textOf(join(root, path)) !== text).map(([path]) => path);
}

/** Writes the files that are stale, and returns their paths. */
export function writeGenerated(root: string, files: GeneratedFiles): string[] {
  const stale = staleFiles(root, files);
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? '');
  }
  return stale;
}
