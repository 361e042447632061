import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';

/**
 * Writes new files below the root, with their folders. Where one of them is there already, nothing is written and each is named; but
 * those of `keep` may be there, and stay as they are.
 */
export function createFiles(
  root: string,
  files: ReadonlyMap<string, string>,
  keep: ReadonlySet<string> = new Set(),
): Diagnostic[] {
  const isThere = (path: string) => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
  const there = [...files.keys()].filter((path) => !keep.has(path) && isThere(path));
  if (there.length > 0) {
    return there.map((path) => ({
      code: 'file-exists',
      severity: 'error',
      message: `${path} is there already`,
      hint: 'edit it, or choose another name: nothing was written',
    }));
  }
  try {
    for (const [path, text] of files) {
      if (isThere(path)) continue;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text, { flag: 'wx' });
    }
    return [];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return [{ code: 'cannot-write', severity: 'error', message: `cannot write below ${root}: ${error.message}` }];
  }
}
