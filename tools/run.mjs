// Runs one TypeScript file with everything that it imports: node tools/run.mjs FILE.ts [args]

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { nodeOptions } from './esbuild.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [file, ...args] = process.argv.slice(2);
if (!file || !existsSync(file)) {
  console.error(file ? `run: no such file: ${file}` : 'usage: node tools/run.mjs FILE.ts [args]');
  process.exit(2);
}

const name = relative(root, resolve(file)).replaceAll(/[^\w]+/g, '-');
const outfile = join(root, '.build', 'run', `${name}.mjs`);
await build({ ...nodeOptions(root), entryPoints: [resolve(file)], outfile, sourcemap: 'inline' }).catch(() =>
  process.exit(1),
);

const run = spawnSync(process.execPath, ['--enable-source-maps', outfile, ...args], { stdio: 'inherit' });
if (run.error) throw run.error;
process.exitCode = run.status ?? 1;
