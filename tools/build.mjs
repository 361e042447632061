// Bundles the command line: .build/spillway.mjs (people), synth.mjs (cdk8s.yaml's app), generate.mjs (schemas, docs).
// ESM, split and minified: it starts in 120 ms where unbundled or CommonJS code takes 165 to 330.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { nodeOptions } from './esbuild.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = join(root, '.build');
const entries = { spillway: 'src/cli/main.ts', synth: 'src/cli/synth.ts', generate: 'src/cli/generate.ts' };
const HASHBANG = '#!/usr/bin/env node\n';

const missing = Object.values(entries).filter((path) => !existsSync(join(root, path)));
if (missing.length > 0) {
  console.error(`build: no such entry point: ${missing.join(', ')}`);
  process.exit(1);
}
if (readFileSync(join(root, entries.spillway), 'utf8').startsWith('#!')) {
  console.error(`build: ${entries.spillway} needs no #! line, the build writes it`);
  process.exit(1);
}

const started = performance.now();
const { outputFiles } = await build({
  ...nodeOptions(root),
  entryPoints: entries,
  outdir,
  outExtension: { '.js': '.mjs' },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  sourcesContent: false,
  write: false,
}).catch(() => process.exit(1)); // esbuild has said why

/** The first line of the program; its source map begins one line later. */
function withHashbang({ path, text }) {
  if (basename(path) === 'spillway.mjs') return HASHBANG + text;
  if (basename(path) !== 'spillway.mjs.map') return text;
  const map = JSON.parse(text);
  return JSON.stringify({ ...map, mappings: `;${map.mappings}` });
}

// Chunks before the entries that name them, each renamed into place: a spillway that another shell starts meanwhile
// finds either the old program or the new one.
mkdirSync(join(outdir, 'chunks'), { recursive: true });
const isChunk = (path) => basename(dirname(path)) === 'chunks';
for (const file of outputFiles.toSorted((a, b) => Number(isChunk(b.path)) - Number(isChunk(a.path)))) {
  const temporary = `${file.path}.${process.pid}`;
  writeFileSync(temporary, withHashbang(file));
  if (file.path.endsWith('spillway.mjs')) chmodSync(temporary, 0o755);
  renameSync(temporary, file.path);
}

// Old chunks go, but not those which a program started a moment ago may still load.
const current = new Set(outputFiles.map((file) => basename(file.path)));
for (const name of readdirSync(join(outdir, 'chunks'))) {
  const path = join(outdir, 'chunks', name);
  if (!current.has(name) && statSync(path).mtimeMs < Date.now() - 10 * 60_000) rmSync(path, { force: true });
}

const size = outputFiles
  .filter((file) => file.path.endsWith('.mjs'))
  .reduce((sum, file) => sum + file.contents.length, 0);
console.log(
  `build: ${relative(root, outdir)}/{${Object.keys(entries).join(',')}}.mjs ` +
    `(${(size / 1024).toFixed(0)} KiB, ${(performance.now() - started).toFixed(0)} ms)`,
);
