import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // The real control plane has a runner of its own (npm run test:cluster); fixtures are data.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/.build/', '<rootDir>/tools/empty-package/'],
  // Sources say './x.js', as Node wants it; on disk it is x.ts.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // swc only strips types (tsc checks them, see `npm run types`): a second instead of half a minute.
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  globals: { __SPILLWAY_VERSION__: version },
  maxWorkers: 2,
};
