// What every bundle of ours has in common: ESM for Node 20 out of CommonJS-mode TypeScript and CommonJS packages.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns {import('esbuild').BuildOptions} */
export function nodeOptions(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    loader: { '.json': 'json' },
    define: { __SPILLWAY_VERSION__: JSON.stringify(version) },
    // CommonJS packages (cdk8s, constructs) call require for Node's own modules, which ESM has not.
    banner: {
      js: "import {createRequire as __createRequire} from 'node:module';const require = __createRequire(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'warning',
  };
}
