import root from '../jest.config.mjs';

/** @type {import('jest').Config} */
export default {
  ...root,
  // The program reads ../src; its own packages lie here.
  rootDir: '..',
  roots: ['<rootDir>/pulumi/test'],
  testPathIgnorePatterns: ['/node_modules/'],
  // The first test of a file loads @pulumi/aws.
  testTimeout: 60_000,
};
