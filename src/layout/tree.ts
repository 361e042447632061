import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';
import type { Diagnostic } from '../diagnostic/diagnostic.js';

/** The operating system's refusal, as against a bug of ours. */
export function isIoError(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'code' in error && 'syscall' in error;
}

/** One line on why a path below the root could not be read or written. The command line's exit code for it is 2. */
export function ioDiagnostic(
  code: 'cannot-read' | 'cannot-write',
  path: string,
  error: NodeJS.ErrnoException,
): Diagnostic {
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENOTDIR: 'a file is where a folder should be',
    EISDIR: 'a folder is where a file should be',
    ENAMETOOLONG: 'the path is too long for this file system',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  const verb = code === 'cannot-read' ? 'read' : 'write';
  return { code, severity: 'error', message: `cannot ${verb} ${path}: ${reason}`, hint: 'nothing was changed' };
}

/** Bytes of a file below the root; undefined where there is none. */
export function readIfThere(root: string, path: string): Buffer | undefined {
  try {
    return readFileSync(join(root, path));
  } catch (error) {
    if (isIoError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Every file and link below a folder (paths from the root, sorted); links are not followed. Empty where there is no folder. */
export function filesBelow(root: string, folder: string): string[] {
  return entriesOf(root, folder).flatMap(({ path, isFolder }) => (isFolder ? filesBelow(root, path) : [path]));
}

/** What lies directly in a folder, sorted by name; empty where there is no folder. */
export function entriesOf(
  root: string,
  folder: string,
): { readonly name: string; readonly path: string; readonly isFolder: boolean }[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => ({ name: entry.name, path: `${folder}/${entry.name}`, isFolder: entry.isDirectory() }));
  } catch (error) {
    if (isIoError(error) && error.code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * What stands in the way of writing or deleting these paths: a symbolic link anywhere on the way (it may lead out of the
 * repository), a file where a folder should be, a folder where a file should be. Each once.
 */
export function obstacles(root: string, paths: Iterable<string>): Diagnostic[] {
  const found: Diagnostic[] = [];
  const clear = new Map<string, boolean>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const step = parts.slice(0, depth).join('/');
      if (!clear.has(step)) {
        const obstacle = obstacleAt(root, step, depth === parts.length);
        clear.set(step, !obstacle);
        if (obstacle) found.push(obstacle);
      }
      if (!clear.get(step)) break;
    }
  }
  return found;
}

function obstacleAt(root: string, path: string, isFile: boolean): Diagnostic | undefined {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  const at = { file: path, line: 1, column: 1 };
  if (stat?.isSymbolicLink()) {
    return {
      code: 'symbolic-link',
      severity: 'error',
      message: `${path} is a symbolic link`,
      hint: 'rendered files are written to real folders only, never through a link: remove it and render again',
      at,
    };
  }
  if (!stat || (isFile ? stat.isFile() : stat.isDirectory())) return undefined;
  return {
    code: 'cannot-write',
    severity: 'error',
    message: `cannot write ${path}: ${isFile ? 'it is not a plain file' : 'it is not a folder'}`,
    hint: 'nothing was changed; move it away and render again',
    at,
  };
}
