#!/usr/bin/env node
// What `npx spillway` runs. The bundle is not in Git: it is made here when it is missing, so that every command works right after
// `npm ci`. (Were .build/spillway.mjs itself the bin, npx would remember for ever that it was not there yet.)
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundle = new URL('../.build/spillway.mjs', import.meta.url);

if (!existsSync(bundle)) {
  const build = fileURLToPath(new URL('../tools/build.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [build], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    console.error('error: Spillway could not be built; run `npm ci`, then `npm run build`');
    process.exit(2);
  }
}

await import(bundle);
