import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { podinfo, prod } from '../support/repository.js';
import { repositoryRoot } from '../support/rendering.js';
import { put, temporaryRoot, tree } from '../layout/temporary-root.js';
import { bash, spillway } from './run-spillway.js';

const version = (JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as { version: string }).version;
const repository = () => temporaryRoot({ 'clusters/prod.yaml': prod, 'apps/podinfo.yaml': podinfo });

describe('spillway', () => {
  test('--help shows every command on stdout', () => {
    const { code, stdout, stderr } = spillway('/', ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of [
      'render',
      'check',
      'explain',
      'bootstrap',
      'status',
      'bump',
      'promote',
      'init',
      'new',
      'completion',
    ])
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  });

  test.each(['render', 'check', 'explain', 'bootstrap', 'status', 'bump', 'promote', 'completion'])(
    '%s --help has an example, and the options of every command',
    (command) => {
      const { code, stdout } = spillway('/', [command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`spillway ${command}`);
      expect(stdout).toMatch(/Examples:\n {2}\S/);
      expect(stdout).toContain('--root <dir>');
      expect(stdout).toContain('--no-color');
    },
  );

  test('--version is that of package.json', () => {
    expect(spillway('/', ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each([
    ['no command', [], 'Usage: spillway'],
    ['an unknown command', ['rendr'], 'Did you mean render?'],
    ['an unknown option', ['render', '--chek'], 'Did you mean --check?'],
    ['an unknown format', ['check', '--format', 'xml'], 'Allowed choices are human, json, sarif, github'],
    ['an argument too many', ['check', 'podinfo'], 'too many arguments'],
    ['a missing argument', ['explain'], "missing required argument 'app'"],
    ['an unknown shell', ['completion', 'csh'], 'Allowed choices are bash, zsh, fish'],
  ])('%s is a misuse, and said on stderr', (_, args, message) => {
    const { code, stdout, stderr } = spillway('/', args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('a pipe that closes early is no error', () => {
    const { code, stderr } = bash(repository(), '$spillway explain podinfo | head -1; exit ${PIPESTATUS[0]}');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('output is coloured only where it is asked for', () => {
    const root = temporaryRoot({ 'clusters/prod.yaml': prod.replace('region', 'regoin') });
    const coloured = (args: string[], env = {}) => spillway(root, ['check', ...args], env).stdout.includes('\u001b[');
    expect(coloured([])).toBe(false);
    expect(coloured([], { CI: 'true' })).toBe(false);
    expect(coloured([], { FORCE_COLOR: '1' })).toBe(true);
    expect(coloured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
    expect(coloured([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });
});

describe('spillway check', () => {
  test('writes nothing', () => {
    const root = repository();
    const before = tree(root);
    const { code, stderr } = spillway(root, ['check']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(tree(root)).toEqual(before);
  });

  test('reports every mistake of every file in one run, in each format', () => {
    const root = repository();
    put(root, 'clusters/prod.yaml', prod.replace('region', 'regoin'));
    put(root, 'apps/podinfo.yaml', podinfo.replace('port:', 'prot:'));
    const outputs = ['human', 'json', 'sarif', 'github'].map((format) => {
      const { code, stdout } = spillway(root, ['check', '--format', format]);
      expect(code).toBe(1);
      for (const file of ['apps/podinfo.yaml', 'clusters/prod.yaml']) expect(stdout).toContain(file);
      return stdout;
    });
    expect(JSON.parse(outputs[1] ?? '')).toMatchObject({ version: 1 });
    const { runs } = JSON.parse(outputs[2] ?? '') as { runs: { tool: { driver: { rules: unknown[] } } }[] };
    expect(runs[0]?.tool.driver.rules.length).toBeGreaterThan(10);
  });

  test('puts the way to the root before the paths', () => {
    const root = temporaryRoot({ 'shop/clusters/prod.yaml': prod.replace('region', 'regoin') });
    expect(spillway(root, ['check', '--root', 'shop']).stdout).toContain('shop/clusters/prod.yaml:2:1  error');
    expect(spillway(root, ['check', '--root', 'shop/', '--format', 'github']).stdout).toContain(
      'file=shop/clusters/prod.yaml,line=2',
    );
  });
});

describe('spillway explain', () => {
  test('says of a value which line it comes from, or which default and why', () => {
    const { code, stdout } = spillway(repository(), ['explain', 'podinfo']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/image +ghcr\.io\/stefanprodan\/podinfo:6\.9\.2 +apps\/podinfo\.yaml:2:8/);
    expect(stdout).toMatch(/capacity +overflow +default: \S/);
  });

  test('shows one field and what is below it, or what begins so', () => {
    const root = repository();
    const paths = (field: string) =>
      (
        JSON.parse(spillway(root, ['explain', 'podinfo', field, '--format', 'json']).stdout) as {
          fields: { path: string }[];
        }[]
      )[0]?.fields.map(({ path }) => path) ?? [];
    expect(paths('scale.min')).toEqual(['scale.min']);
    expect(paths('termination').length).toBeGreaterThan(1);
    expect(paths('termination').every((path) => path.startsWith('termination.'))).toBe(true);
    expect(paths('termi')).toEqual(paths('termination'));
  });

  test.each([
    [['podinf'], 'did you mean podinfo?'],
    [['podinfo', 'scal.min'], 'did you mean scale.min?'],
    [['podinfo', 'scael'], 'did you mean scale?'],
    [['podinfo', 'xxxxxxxx'], 'known: args, aws, capacity, '],
    [['podinfo', '--cluster', 'prd'], 'did you mean prod?'],
  ])('%j is a misuse, with what was meant', (args, hint) => {
    const { code, stdout, stderr } = spillway(repository(), ['explain', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(hint);
  });
});
