// Strips types where swc cannot: its binding unpacks itself below folders that it trusts, and for a plain user in a user
// namespace of their own every folder above belongs to "nobody".

import { transformSync } from 'esbuild';

export default {
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
