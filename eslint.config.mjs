import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** `process` and `console` belong to the command line; nothing from spec to layout may depend on machine, clock or luck. */
const impureGlobals = [
  { name: 'process', message: 'Only src/cli knows the process: pass what you need as an argument.' },
  { name: 'console', message: 'Only src/cli prints: return a value or a Diagnostic.' },
  { name: 'performance', message: 'No clock outside src/cli: the same input must give the same bytes.' },
  { name: 'crypto', message: 'No random outside src/cli; for hashes import createHash from node:crypto.' },
];
const networkGlobals = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'].map((name) => ({
  name,
  message: 'Only src/delivery and src/cli may reach the network.',
}));

const impureModules = {
  paths: [
    ...['process', 'node:process'].map((name) => ({
      name,
      message: 'Only src/cli knows the process: pass what you need as an argument.',
    })),
    ...['os', 'node:os'].map((name) => ({
      name,
      message: 'The output must not depend on the machine: ask src/cli to pass what you need.',
    })),
    ...['console', 'node:console'].map((name) => ({
      name,
      message: 'Only src/cli prints: return a value or a Diagnostic.',
    })),
    ...['perf_hooks', 'node:perf_hooks'].map((name) => ({
      name,
      message: 'No clock outside src/cli: the same input must give the same bytes.',
    })),
    ...['crypto', 'node:crypto'].map((name) => ({
      name,
      importNames: ['randomBytes', 'randomInt', 'randomUUID', 'randomFillSync', 'randomFill', 'webcrypto'],
      message: 'No random outside src/cli: the same input must give the same bytes.',
    })),
  ],
};

const impureProperties = [
  { object: 'Date', property: 'now', message: 'No clock outside src/cli: pass the time as an argument.' },
  {
    object: 'Math',
    property: 'random',
    message: 'No random outside src/cli: the same input must give the same bytes.',
  },
  ...['process', 'console', 'performance', 'crypto', 'fetch'].map((property) => ({
    object: 'globalThis',
    property,
    message: 'Only src/cli sees the machine: pass what you need as an argument.',
  })),
];

const impureSyntax = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'No clock outside src/cli: pass the time as an argument.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'No clock outside src/cli: pass the time as an argument.',
  },
];

export default defineConfig(
  {
    ignores: [
      'node_modules/',
      'imports/',
      'dist/',
      'eksctl/',
      '.build/',
      'coverage/',
      'schemas/',
      'src/facts/upstream/',
      'test/fixtures/',
      // Its types are there only after `npm ci` in it: it has a configuration of its own.
      'pulumi/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A number in a message is what everybody expects of it.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
      // A file that does not fit in a reader's head is two files. A table that is one thing may say so:
      // eslint-disable max-lines -- <why>
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    name: 'spillway/pure',
    files: ['src/**/*.ts', 'charts/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals, ...networkGlobals],
      'no-restricted-imports': ['error', impureModules],
      'no-restricted-properties': ['error', ...impureProperties],
      'no-restricted-syntax': ['error', ...impureSyntax],
    },
  },
  {
    name: 'spillway/delivery',
    files: ['src/delivery/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...impureGlobals] },
  },
  {
    name: 'spillway/programs',
    files: ['src/cli/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Small programs around the project, run by Node as they are.
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['Buffer', 'URL', 'console', 'fetch', 'performance', 'process', 'setTimeout'].map((name) => [name, 'readonly']),
      ),
    },
  },
  prettier,
);
