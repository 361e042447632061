import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, parse, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { maximumBytes, tooLarge } from './text.js';

/** The system's code of an error of `fs`. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
}

/** What the system says when it refuses, in words; its own code for what is rare. */
function reason(error: unknown): string {
  const code = codeOf(error);
  const words: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'its symbolic links go round in a circle',
    ENOTDIR: 'a part of the path is a file, not a folder',
    ENAMETOOLONG: 'the path is too long',
  };
  return words[code] ?? code;
}

function unreadable(file: string, why: string, hint?: string): Diagnostic {
  return {
    code: 'file-unreadable',
    severity: 'error',
    message: `${file} cannot be read: ${why}`,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** The bytes of a file below the root; symbolic links are followed within the root only. Sizes are asked before a byte is read. */
export function readBytes(root: string, file: string): { bytes: Uint8Array } | { diagnostic: Diagnostic } {
  try {
    const real = realpathSync(join(root, file));
    const top = realpathSync(root);
    if (real !== top && !real.startsWith(top.endsWith(sep) ? top : top + sep)) {
      return {
        diagnostic: {
          code: 'path-leaves-root',
          severity: 'error',
          message: `${file} is a symbolic link that leads out of the repository`,
          hint: 'copy the file into the repository',
        },
      };
    }
    const stat = statSync(real);
    if (stat.isDirectory()) return { diagnostic: unreadable(file, 'it is a folder', 'name the files in it') };
    if (!stat.isFile()) return { diagnostic: unreadable(file, 'it is not a regular file') };
    if (stat.size > maximumBytes) return { diagnostic: tooLarge(file, stat.size) };
    return { bytes: readFileSync(real) };
  } catch (error) {
    return { diagnostic: unreadable(file, reason(error)) };
  }
}

/** Paths of the YAML files directly in a folder, sorted; undefined where there is no such folder. Hidden files are editors' own. */
export function yamlFiles(root: string, folder: string): { files: string[] } | { diagnostic: Diagnostic } | undefined {
  try {
    const names = readdirSync(join(root, folder)).filter((name) => /^[^.].*\.ya?ml$/.test(name));
    return { files: names.sort().map((name) => `${folder}/${name}`) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    return { diagnostic: unreadable(folder, reason(error)) };
  }
}

/** A file somewhere below a folder. */
export interface FoundFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  /** Folders between the one that was asked for and the file. */
  readonly depth: number;
}

/** Every file below a folder, sorted, but hidden ones; links to folders are not followed. What cannot be listed has none. */
export function filesBelow(root: string, folder: string, depth = 0): FoundFile[] {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  shown.sort((a, b) => (a.name < b.name ? -1 : 1));
  return shown.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path, depth + 1) : [{ path, depth }];
  });
}

/** The nearest folder above the root that holds clusters with files of their own, as one would pass it to --root. */
export function rootAbove(root: string): string | undefined {
  const top = parse(resolve(root)).root;
  for (let way = join(root, '..'); ; way = join(way, '..')) {
    const clusters = yamlFiles(way, 'clusters');
    if (clusters !== undefined && 'files' in clusters && clusters.files.length > 0) return way;
    if (resolve(way) === top) return undefined;
  }
}

/** Whether the path is a folder that can be asked for. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
