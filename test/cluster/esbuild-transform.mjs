// Strips types where swc cannot: its binding unpacks itself below folders that it trusts, and for a plain user in a user
// namespace of their own every folder above belongs to "nobody".

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { transformSync, version } from 'esbuild';

const own = readFileSync(new URL(import.meta.url), 'utf8');

export default {
  /** What is kept (jest.config.mjs) is of this file, this esbuild and this text. */
  getCacheKey: (text, path) => createHash('sha256').update([own, version, path, text].join('\0')).digest('hex'),
  process(text, path) {
    const { code, map } = transformSync(text, {
      sourcefile: path,
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
      sourcemap: 'external',
      // jest's own require, for what is imported later too.
      supported: { 'dynamic-import': false },
    });
    return { code, map: JSON.parse(map) };
  },
};
