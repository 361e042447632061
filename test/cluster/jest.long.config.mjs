// What is too long for every run (npm run test:cluster:long): soaks, many rounds, wide matrices. By hand; the last result
// stands in docs/proof.md. One file at a time: the soak counts what its network holds.

import cluster from './jest.config.mjs';

/** @type {import('jest').Config} */
export default {
  ...cluster,
  roots: ['<rootDir>/test/cluster/long'],
  testMatch: ['**/*.long.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: '@jest/test-sequencer',
  maxWorkers: 1,
};
