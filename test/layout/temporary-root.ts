import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from '@jest/globals';

const made: string[] = [];
afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** A folder with these files, removed after the test. */
export function temporaryRoot(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'spillway-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) put(root, path, text);
  return root;
}

/** Writes a file below a root, with its folders. */
export function put(root: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Every file below a folder with its text; links as `-> link`, empty folders as `path/`. */
export function tree(root: string, folder = ''): Record<string, string> {
  const entries = readdirSync(join(root, folder)).sort();
  if (entries.length === 0 && folder !== '') return { [`${folder}/`]: '' };
  return Object.assign(
    {},
    ...entries.map((name) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) return tree(root, path);
      return { [path]: stat.isFile() ? readFileSync(join(root, path), 'utf8') : '-> link' };
    }),
  ) as Record<string, string>;
}
