import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { types } from 'node:util';
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
  const written: string[] = [];
  try {
    const there = [...files.keys()].filter((path) => !keep.has(path) && isThere(path));
    if (there.length > 0) return there.map(fileExists);
    for (const [path, text] of files) {
      if (isThere(path)) continue;
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text, { flag: 'wx' });
      written.push(path);
    }
    return [];
  } catch (error) {
    if (!isIoError(error)) throw error;
    return [cannotWrite(error, root, written)];
  }
}

/** The operating system's refusal, as against a bug of ours. */
function isIoError(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'code' in error && 'syscall' in error;
}

function fileExists(path: string): Diagnostic {
  return {
    code: 'file-exists',
    severity: 'error',
    message: `${path} is there already`,
    hint: 'edit it, or choose another name: nothing was written',
  };
}

function cannotWrite(error: NodeJS.ErrnoException, root: string, written: readonly string[]): Diagnostic {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENOTDIR: 'a file is where a folder should be',
    ENAMETOOLONG: 'the path is too long for this file system',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  const done = written.length === 0 ? 'nothing was written' : `written before: ${written.join(', ')}`;
  return {
    code: 'cannot-write',
    severity: 'error',
    message: `cannot write ${error.path ?? root}: ${reason}`,
    hint: done,
  };
}
