import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { FileChange } from './file-spec.js';
import { leftoverSuffix } from './leftover.js';
import { ioDiagnostic, isIoError, obstacles } from './tree.js';

type Written = Extract<FileChange, { readonly after: string }>;

/**
 * Makes the changes below `root`. Everything is written beside its place first and renamed into it only when all of it is there, so
 * that a full disk or a folder that refuses leaves the tree as it was. Returns what stood in the way: nothing, or why nothing changed.
 */
export function applyChanges(root: string, changes: readonly FileChange[]): Diagnostic[] {
  const written = changes.filter((change): change is Written => 'after' in change);
  const deleted = changes.filter(({ kind }) => kind === 'delete').map(({ path }) => path);

  const inTheWay = [
    ...obstacles(root, [...written.map(({ path }) => path), ...deleted]),
    ...refusals(root, [...written, ...deleted.map((path) => ({ path }))]),
  ];
  if (inTheWay.length > 0) return inTheWay;

  const stage = stageFiles(root, written);
  if (!stage.done) return [stage.diagnostic];
  try {
    putInPlace(root, written, deleted);
  } catch (error) {
    if (!isIoError(error)) throw error;
    for (const { path } of written) rmSync(temporary(root, path), { force: true });
    const { hint: _, ...diagnostic } = ioDiagnostic('cannot-write', error.path ?? root, error);
    return [{ ...diagnostic, hint: 'some files are changed already: render again when it is put right' }];
  }
  removeEmptyFolders(root, deleted);
  return [];
}

/** Asks before the first byte: every folder that is written to, or the nearest one that exists, must let us. */
function refusals(root: string, files: readonly { readonly path: string }[]): Diagnostic[] {
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const nearest = nearestFolder(resolve(root, folder));
    try {
      accessSync(nearest, constants.W_OK | constants.X_OK);
    } catch (error) {
      if (!isIoError(error)) throw error;
      return [ioDiagnostic('cannot-write', folder, error)];
    }
  }
  return [];
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

type Stage = { readonly done: true } | { readonly done: false; readonly diagnostic: Diagnostic };

/** Writes every new text beside its place. Where one fails, nothing of it stays behind. */
function stageFiles(root: string, files: readonly Written[]): Stage {
  const folders = new Set<string>();
  const made: string[] = [];
  const staged: string[] = [];
  for (const { path, after } of files) {
    try {
      if (!folders.has(dirname(path))) {
        folders.add(dirname(path));
        const firstNew = mkdirSync(dirname(join(root, path)), { recursive: true });
        if (firstNew !== undefined) made.push(firstNew);
      }
      staged.push(temporary(root, path));
      writeFileSync(temporary(root, path), after);
    } catch (error) {
      if (!isIoError(error)) throw error;
      for (const file of staged) rmSync(file, { force: true });
      for (const folder of made.reverse()) rmSync(folder, { recursive: true, force: true });
      return { done: false, diagnostic: ioDiagnostic('cannot-write', path, error) };
    }
  }
  return { done: true };
}

/**
 * Deletions come first: where only the case of a name has changed, the old file is the new one to macOS. index.json comes last:
 * a render that is killed in between leaves no file that the next one does not know.
 */
function putInPlace(root: string, files: readonly Written[], deleted: readonly string[]): void {
  const isIndex = (path: string) => basename(path) === 'index.json';
  for (const path of deleted.filter((path) => !isIndex(path))) rmSync(join(root, path), { force: true });
  for (const { path } of files.filter(({ path }) => !isIndex(path)))
    renameSync(temporary(root, path), join(root, path));
  for (const { path } of files.filter(({ path }) => isIndex(path))) renameSync(temporary(root, path), join(root, path));
  for (const path of deleted.filter(isIndex)) rmSync(join(root, path), { force: true });
}

function removeEmptyFolders(root: string, deleted: readonly string[]): void {
  for (const path of deleted) {
    for (let folder = dirname(path); folder.includes('/'); folder = dirname(folder)) {
      try {
        rmdirSync(join(root, folder));
      } catch {
        break; // not empty, or gone already with another of its files
      }
    }
  }
}

function temporary(root: string, path: string): string {
  return join(root, dirname(path), `.${basename(path)}${leftoverSuffix}`);
}
