// The tests on the real control plane: `npm run test:cluster` starts them in the rig's private network (launch.ts).

import { statSync } from 'node:fs';

import base from '../../jest.config.mjs';

const isOwnRoot = statSync('/').uid === 0;
const typescript = isOwnRoot ? base.transform['^.+\\.ts$'] : '<rootDir>/test/cluster/esbuild-transform.mjs';

/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/cluster'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/long/'],
  testEnvironment: '<rootDir>/test/cluster/environment.mjs',
  testSequencer: '<rootDir>/test/cluster/sequencer.mjs',
  transform: { '^.+\\.ts$': typescript },
  // Not where temporary files are: each run has a folder of its own for these (launch.ts), and would translate everything again.
  cacheDirectory: '<rootDir>/.build/cluster/jest',
  // A wait has a deadline of its own that says what was awaited; this one only ends what hangs.
  testTimeout: 600_000,
  reporters: ['default', '<rootDir>/test/cluster/figures.mjs'],
  // They wait much: three at a time keep two cores busy. A cluster takes 0.3 to 2.6 GiB (docs/proof.md).
  maxWorkers: 3,
};
