import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { describe, expect, it } from '@jest/globals';

const root = resolve(__dirname, '../..');

/** Writes the files to a tree of their own and opens the doors there, with the project's program or the tree's copy. */
function doors(files: Record<string, string>, { copied = false } = {}) {
  const tree = mkdtempSync(join(tmpdir(), 'spillway-doors-'));
  try {
    if (!copied) symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    for (const [path, code] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), code);
    }
    for (const path of copied ? ['tools/doors.mjs', '.dependency-cruiser.mjs'] : []) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      copyFileSync(join(root, path), join(tree, path));
    }
    const program = join(copied ? tree : root, 'tools/doors.mjs');
    const run = spawnSync(process.execPath, [program, '--root', tree], { encoding: 'utf8' });
    // Reasons are indented below each violation.
    const violations = run.stderr.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
    return { status: run.status, stdout: run.stdout, stderr: run.stderr, violations };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

const one = 'export const one = 1;\n';

/** A file that imports the named module for its value. */
const imports = (...specifiers: string[]) =>
  specifiers
    .map((specifier, i) => `import * as x${String(i)} from '${specifier}';\nexport {x${String(i)}};\n`)
    .join('');

describe('the doors between the rooms', () => {
  it('let the intended imports through, and every file is seen', () => {
    const { status, stdout, stderr } = doors({
      'src/diagnostic/index.ts': one,
      'src/facts/tables.ts': imports('node:fs'),
      'src/spec/read.ts': imports('node:fs', 'yaml', '../diagnostic/index.js'),
      'src/spec/schema/app.ts': imports('zod'),
      'src/model/resolve.ts': imports('../spec/schema/app.js', '../facts/tables.js', '../diagnostic/index.js'),
      'src/checks/ports.ts': imports('../model/resolve.js', '../facts/tables.js'),
      'src/aws/grants.ts': imports('../model/resolve.js', '../facts/tables.js'),
      'src/eksctl/config.ts': imports('../model/resolve.js', '../aws/grants.js'),
      'src/layout/apply.ts': imports('node:fs/promises', 'js-yaml', '../model/resolve.js'),
      'src/report/human.ts': `import type {x0} from '../model/resolve.js';\nexport type B = typeof x0;\n`,
      'src/delivery/git.ts': imports('node:child_process', 'node:https', 'node:fs'),
      'src/live/status.ts': imports('node:child_process', '../model/resolve.js', '../diagnostic/index.js'),
      'src/cli/main.ts': `export const parts = () => [import('../layout/apply.js'), import('../../charts/app.js')];\n`,
      'charts/app.ts': imports(
        ...['node:crypto', 'cdk8s', 'cdk8s-plus-27', 'constructs', '../src/model/resolve.js', '../imports/crd.js'],
      ),
      'imports/crd.ts': one,
      'test/cli/main.test.ts': imports('node:fs', 'yaml', '../../src/cli/main.js'),
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('15 of 15 files');
  });

  it('are shut to everything else', () => {
    /** One forbidden import each: the file, the module, the rule that must fire (and nothing besides). */
    const forbidden: [file: string, specifier: string, to: string, rule: string][] = [
      ['charts/fs.ts', 'node:fs', 'fs', 'only-some-rooms-touch-files + charts-need-no-machine'],
      ['src/cli/fs.ts', 'node:fs/promises', 'fs/promises', 'only-some-rooms-touch-files'],
      ['src/spec/parse.ts', 'fs', 'fs', 'only-some-rooms-touch-files'],
      ['src/report/fs.ts', 'node:fs', 'fs', 'only-some-rooms-touch-files'],
      ['src/review/cli.ts', '../cli/one.js', 'src/cli/one.ts', 'nobody-imports-cli'],
      ['src/model/cli.ts', '../cli/one.js', 'src/cli/one.ts', 'nobody-imports-cli + model-imports-only-its-neighbours'],
      ['charts/cli.ts', '../src/cli/one.js', 'src/cli/one.ts', 'nobody-imports-cli + charts-see-model-and-imports'],
      ['src/cli/test.ts', '../../test/one.js', 'test/one.ts', 'nobody-imports-tests'],
      ['src/cli/bench.ts', '../../bench/one.js', 'bench/one.ts', 'nobody-imports-tests'],
      ['charts/facts.ts', '../src/facts/one.js', 'src/facts/one.ts', 'charts-see-model-and-imports'],
      ['charts/layout.ts', '../src/layout/one.js', 'src/layout/one.ts', 'charts-see-model-and-imports'],
      ['charts/os.ts', 'node:os', 'os', 'charts-need-no-machine'],
      ['src/diagnostic/f.ts', '../facts/one.js', 'src/facts/one.ts', 'diagnostic-imports-only-its-neighbours'],
      ['src/facts/m.ts', '../model/one.js', 'src/model/one.ts', 'facts-imports-only-its-neighbours'],
      ['src/spec/m.ts', '../model/one.js', 'src/model/one.ts', 'spec-imports-only-its-neighbours'],
      ['src/model/s.ts', '../spec/one.js', 'src/spec/one.ts', 'model-imports-only-its-neighbours'],
      ['src/model/c.ts', '../../charts/one.js', 'charts/one.ts', 'model-imports-only-its-neighbours'],
      ['src/checks/l.ts', '../layout/one.js', 'src/layout/one.ts', 'checks-imports-only-its-neighbours'],
      ['src/aws/e.ts', '../checks/one.js', 'src/checks/one.ts', 'aws-imports-only-its-neighbours'],
      ['src/eksctl/c.ts', '../checks/one.js', 'src/checks/one.ts', 'eksctl-imports-only-its-neighbours'],
      ['src/jenkins/s.ts', '../spec/one.js', 'src/spec/one.ts', 'jenkins-imports-only-its-neighbours'],
      ['src/delivery/s.ts', '../spec/one.js', 'src/spec/one.ts', 'delivery-imports-only-its-neighbours'],
      ['src/layout/f.ts', '../facts/one.js', 'src/facts/one.ts', 'layout-imports-only-its-neighbours'],
      ['src/report/c.ts', '../checks/one.js', 'src/checks/one.ts', 'report-imports-only-its-neighbours'],
      ['src/report/m.ts', '../model/one.js', 'src/model/one.ts', 'report-knows-shapes-only'],
      ['src/live/l.ts', '../layout/one.js', 'src/layout/one.ts', 'live-imports-only-its-neighbours'],
      ['src/live/fs.ts', 'node:fs', 'fs', 'only-some-rooms-touch-files'],
      ['src/live/net.ts', 'node:https', 'https', 'live-asks-by-programs'],
      ['src/report/live.ts', '../live/one.js', 'src/live/one.ts', 'report-knows-shapes-only'],
      ['src/layout/net.ts', 'node:https', 'https', 'no-network-or-processes'],
      ['src/model/net.ts', 'child_process', 'child_process', 'no-network-or-processes'],
      ['src/facts/net.ts', 'node:dns/promises', 'dns/promises', 'no-network-or-processes'],
      ['src/eksctl/net.ts', 'undici', 'undici', 'no-network-or-processes + every-import-is-found'],
      ['src/report/yaml.ts', 'yaml', 'yaml', 'yaml-stays-in-spec'],
      ['src/spec/js-yaml.ts', 'js-yaml', 'js-yaml', 'js-yaml-stays-in-layout'],
      ['src/model/zod.ts', 'zod', 'zod', 'zod-stays-in-spec'],
      ['charts/zod.ts', 'zod', 'zod', 'zod-stays-in-spec + charts-use-cdk8s-only'],
      ['src/model/gone.ts', './nowhere.js', './nowhere.js', 'every-import-is-found'],
    ];
    const files: Record<string, string> = {
      'src/model/a.ts': imports('./b.js'),
      'src/model/b.ts': imports('./a.js'),
      'src/report/mixed.ts': `import type {one} from '../layout/one.js';\nexport type T = typeof one;\n${imports('../layout/one.js')}`,
      'src/spec/type.ts': `import type {one} from '../layout/one.js';\nexport type T = typeof one;\n`,
      'src/spec/lazy.ts': `export const lazy = () => import('../layout/one.js');\n`,
      'src/spec/again.ts': `export {one} from '../layout/one.js';\n`,
    };
    for (const room of ['checks', 'cli', 'facts', 'layout', 'live', 'model', 'spec']) files[`src/${room}/one.ts`] = one;
    for (const folder of ['bench', 'charts', 'test']) files[`${folder}/one.ts`] = one;
    for (const [file, specifier] of forbidden) files[file] = imports(specifier);

    const expected = forbidden.flatMap(([file, , to, rules]) =>
      rules.split(' + ').map((rule) => `${rule}: ${file} → ${to}`),
    );
    expected.push(
      'no-circles: src/model/a.ts → src/model/b.ts → src/model/a.ts',
      'report-knows-shapes-only: src/report/mixed.ts → src/layout/one.ts',
      'spec-imports-only-its-neighbours: src/spec/type.ts → src/layout/one.ts',
      'spec-imports-only-its-neighbours: src/spec/lazy.ts → src/layout/one.ts',
      'spec-imports-only-its-neighbours: src/spec/again.ts → src/layout/one.ts',
    );

    const { status, violations, stderr } = doors(files);
    // A package's path depends on its build: its name is enough.
    const seen = violations.map((line) => line.replace(/ → \S*node_modules\/([^/]+)\/\S*$/, ' → $1'));
    expect(seen.sort()).toEqual(expected.sort());
    expect(stderr).toContain('One room decides the bytes of a rendered file.');
    expect(status).toBe(1);
  });

  it('do not open on an empty room', () => {
    const { status, violations } = doors({ 'charts/one.ts': one });
    expect(violations).toEqual([expect.stringContaining('nothing-to-see')]);
    expect(status).toBe(1);
  });
});

describe('a dependency-cruiser that is blind', () => {
  const files = { 'src/model/a.ts': imports('./b.js'), 'src/model/b.ts': one };
  const blind = (modules: { source: string; dependencies: [] }[]) => ({
    'node_modules/dependency-cruiser/package.json': '{"type": "module", "exports": "./index.js"}',
    'node_modules/dependency-cruiser/index.js': `export const cruise = async () => (${JSON.stringify({
      output: { modules, summary: { violations: [] } },
    })});\n`,
  });

  it('fails when it reads no file, as under a TypeScript without compiler API', () => {
    const { status, violations } = doors({ ...files, ...blind([]) }, { copied: true });
    expect(violations).toEqual(['not-seen: src/model/a.ts', 'not-seen: src/model/b.ts']);
    expect(status).toBe(1);
  });

  it('fails when it reads files but not their imports', () => {
    const modules = Object.keys(files).map((source) => ({ source, dependencies: [] as [] }));
    const { status, violations } = doors({ ...files, ...blind(modules) }, { copied: true });
    expect(violations).toEqual(['blind: src/model/a.ts']);
    expect(status).toBe(1);
  });
});

describe('what leaves no import behind (ESLint)', () => {
  const impure: [code: string, rule: string][] = [
    ['export const x = process.env;', 'no-restricted-globals'],
    ['export const x = globalThis.process;', 'no-restricted-properties'],
    ["import process from 'node:process';\nexport const x = process.argv;", 'no-restricted-imports'],
    ["import {env} from 'process';\nexport const x = env;", 'no-restricted-imports'],
    ["import {hostname} from 'node:os';\nexport const x = hostname();", 'no-restricted-imports'],
    ["import {performance} from 'node:perf_hooks';\nexport const x = performance;", 'no-restricted-imports'],
    ["import {randomUUID} from 'node:crypto';\nexport const x = randomUUID();", 'no-restricted-imports'],
    ["console.log('x');", 'no-restricted-globals'],
    ['export const x = Date.now();', 'no-restricted-properties'],
    ['export const x = new Date();', 'no-restricted-syntax'],
    ['export const x = Date();', 'no-restricted-syntax'],
    ['export const x = Math.random();', 'no-restricted-properties'],
    ['export const x = crypto.randomUUID();', 'no-restricted-globals'],
    ['export const x = performance.now();', 'no-restricted-globals'],
    ["export const x = fetch('https://example.com');", 'no-restricted-globals'],
  ];
  const rooms = ['src/diagnostic', 'src/spec', 'src/facts', 'src/model', 'src/checks', 'src/layout', 'charts'];

  const lint = (texts: { path: string; code: string }[]): string[][] => {
    const run = spawnSync(process.execPath, [join(__dirname, 'lint.mjs')], {
      cwd: root,
      input: JSON.stringify(texts),
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout) as string[][];
  };

  it('no room from spec to charts knows the machine, the clock, luck or the network', () => {
    const cases = rooms.flatMap((room) => impure.map(([code, rule]) => ({ path: `${room}/x.ts`, code, rule })));
    const found = lint(cases.map(({ path, code }) => ({ path, code: `${code}\n` })));
    const silent = cases.filter(({ rule }, i) => !found[i]?.includes(rule));
    expect(silent).toEqual([]);
  });

  it('leaves pure code alone, and gives src/cli the process', () => {
    const pure = "import {createHash} from 'node:crypto';\nexport const x = [createHash('sha256'), new Date(0)];\n";
    const cli = 'process.exitCode = 1;\nconsole.log(new Date(), Math.random());\n';
    expect(
      lint([
        { path: 'src/model/x.ts', code: pure },
        { path: 'src/cli/x.ts', code: cli },
        { path: 'src/delivery/x.ts', code: "export const x = fetch('https://example.com');\n" },
      ]),
    ).toEqual([[], [], []]);
  });
});
