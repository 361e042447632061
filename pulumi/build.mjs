// Bundles the program with what it takes of ../src; Pulumi's own packages stay outside.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { nodeOptions } from '../tools/esbuild.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { build } = await import('esbuild').catch(() => {
  console.error('build: the program is made from ../src: run `npm ci` in the folder above first');
  process.exit(1);
});

await build({
  ...nodeOptions(join(here, '..')),
  entryPoints: [join(here, 'src', 'main.ts')],
  outfile: join(here, '.build', 'main.js'),
  // Pulumi loads the program by require.
  format: 'cjs',
  banner: {},
  external: ['@pulumi/*'],
  sourcemap: 'linked',
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
}).catch(() => process.exit(1)); // esbuild has said why
