import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { podinfo, prod } from '../support/repository.js';
import { put, temporaryRoot, tree } from '../layout/temporary-root.js';
import { breaking, spillway, synth } from './run-spillway.js';

const staging = prod.replace('name: prod', 'name: staging').replace('gitops:', 'production: false\ngitops:');
const everywhere = podinfo.replace('{prod: {}}', '{prod: {}, staging: {}}');

function repository(): string {
  return temporaryRoot({
    'clusters/prod.yaml': prod,
    'clusters/staging.yaml': staging,
    'apps/podinfo.yaml': everywhere,
  });
}

let template: string | undefined;

/** A repository that is rendered already, and the files of that: rendered once, then copied. */
function rendered(): { root: string; files: Record<string, string> } {
  if (template === undefined) {
    template = mkdtempSync(join(tmpdir(), 'spillway-'));
    cpSync(repository(), template, { recursive: true });
    const { code, stdout, stderr } = spillway(template, ['render']);
    if (code !== 0) throw new Error(stdout + stderr);
  }
  const root = temporaryRoot();
  cpSync(template, root, { recursive: true });
  const files = Object.entries(tree(root)).filter(([path]) => path.startsWith('dist/') || path.startsWith('eksctl/'));
  return { root, files: Object.fromEntries(files) };
}
afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true });
});

describe('spillway render', () => {
  test('writes every file, says so, and is up to date from then on', () => {
    const { root, files } = rendered();
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'dist/prod/index.json',
        'dist/staging/index.json',
        'eksctl/prod.yaml',
        'eksctl/staging.yaml',
      ]),
    );
    const again = spillway(root, ['render', '--check']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain(`up to date: ${Object.keys(files).length} files of 2 clusters`);
  });

  test('gives the same bytes from anywhere, at any time of day, in any language', () => {
    const { root, files } = rendered();
    for (const path of ['dist', 'eksctl']) rmSync(join(root, path), { recursive: true });
    spillway('/', ['--root', root, 'render'], { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' });
    expect(tree(root)).toMatchObject(files);
  });

  test('--check fails on a change of one character in any file, and mends nothing', () => {
    const { root, files } = rendered();
    for (const [path, text] of Object.entries(files)) put(root, path, `${text.slice(0, -2)}~\n`);
    const { code, stdout } = spillway(root, ['render', '--check', '--format', 'json']);
    const { changes } = JSON.parse(stdout) as { changes: { kind: string; path: string }[] };
    expect(code).toBe(1);
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(
      Object.keys(files).map((path) => `update ${path}`),
    );
    expect(tree(root)).not.toMatchObject(files);
  });

  test('--check fails where a single character of a single file differs, or a file is missing', () => {
    const { root, files } = rendered();
    const [path, text] = Object.entries(files).find(([name]) => name.includes('Service-podinfo')) ?? ['', ''];
    put(root, path, text.replace('9898', '9899'));
    expect(spillway(root, ['render', '--check'])).toMatchObject({ code: 1 });
    rmSync(join(root, path));
    const missing = spillway(root, ['render', '--check']);
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain(`created  ${path}`);
    expect(existsSync(join(root, path))).toBe(false);
  });

  test('writes nothing when there is an error, and shows it in the text that a person wrote', () => {
    const { root, files } = rendered();
    put(root, 'apps/podinfo.yaml', everywhere.replace('port:', 'prt:'));
    put(root, 'apps/other.yaml', everywhere.replace('name: podinfo', 'name: other'));
    const { code, stdout } = spillway(root, ['render']);
    expect(code).toBe(1);
    expect(stdout).toContain('apps/podinfo.yaml:3:1  error');
    expect(stdout).toContain('  3 | prt: 9898\n    | ^^^\n');
    expect(stdout).toContain('did you mean `port`?');
    expect(tree(root)).toMatchObject(files);
    expect(existsSync(join(root, 'dist/prod/apps/other'))).toBe(false);
  });

  test('--cluster touches that cluster alone', () => {
    const root = repository();
    expect(spillway(root, ['render', '--cluster', 'prod']).code).toBe(0);
    expect(Object.keys(tree(root)).filter((path) => path.includes('staging') && !path.startsWith('clusters/'))).toEqual(
      [],
    );
    expect(existsSync(join(root, 'dist/prod/index.json'))).toBe(true);
  });

  test('--cluster with a name that is not there is a misuse, with the one that was meant', () => {
    const { code, stdout } = spillway(repository(), ['render', '--cluster', 'prd']);
    expect(code).toBe(2);
    expect(stdout).toContain('there is no cluster prd');
    expect(stdout).toContain('did you mean prod?');
  });

  test('takes away what an app or a cluster that is gone had, and nothing else', () => {
    const { root } = rendered();
    put(root, 'dist/staging/mine.txt', 'm');
    rmSync(join(root, 'apps/podinfo.yaml'));
    rmSync(join(root, 'clusters/staging.yaml'));
    const { code, stdout } = spillway(root, ['render']);
    expect(code).toBe(0);
    expect(stdout).toContain('dist/staging/mine.txt was not rendered');
    const left = Object.keys(tree(root));
    expect(left.filter((path) => path.includes('staging'))).toEqual(['dist/staging/mine.txt']);
    expect(left.filter((path) => path.includes('podinfo'))).toEqual([]);
    expect(existsSync(join(root, 'eksctl/prod.yaml'))).toBe(true);
  });

  test('--strict turns a warning into a failure', () => {
    const { root } = rendered();
    put(root, 'dist/notes.txt', 'x');
    const relaxed = spillway(root, ['render', '--check']);
    expect(relaxed.stdout).toContain('[unknown-file]');
    expect(relaxed.code).toBe(0);
    expect(spillway(root, ['render', '--check', '--strict']).code).toBe(1);
  });

  test('warns with the migration where an HPA takes over the replicas of an app', () => {
    const { root } = rendered();
    put(root, 'apps/podinfo.yaml', `${everywhere}scale: {min: 2, max: 5}\n`);
    const { code, stdout } = spillway(root, ['render']);
    expect(code).toBe(0);
    expect(stdout).toContain('[replicas-handover]');
    expect(stdout).toMatch(/apps\/podinfo\.yaml:7:\d+ {2}warning/);
    expect(stdout).toContain('set-last-applied');
    expect(spillway(root, ['render']).stdout).not.toContain('[replicas-handover]');
  });

  test('warns with the commands where eksctl and not Argo CD has to make a change, or a Deployment becomes a Rollout', () => {
    const { root } = rendered();
    const policies = 'aws: {policies: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]}\n';
    put(root, 'apps/podinfo.yaml', `${everywhere}${policies}release: {canary: [50%, 1m]}\n`);
    const { code, stdout } = spillway(root, ['render', '--cluster', 'prod']);
    expect(code).toBe(0);
    expect(stdout).toContain('[eksctl-handover]');
    expect(stdout).toContain(
      '\n          eksctl create podidentityassociation -f eksctl/prod.yaml  # new: podinfo/podinfo',
    );
    expect(stdout).toContain('[rollout-handover]');
    expect(spillway(root, ['render', '--cluster', 'prod']).stdout).not.toContain('handover');
  });

  test('--next-steps says what was made and which commands come next', () => {
    const { stdout } = spillway(repository(), ['render', '--next-steps']);
    expect(stdout).toMatch(/prod +1 app, \d+ files: dist\/prod\/, eksctl\/prod\.yaml/);
    for (const command of ['git diff', 'eksctl create cluster -f eksctl/prod.yaml', 'npx spillway bootstrap prod']) {
      expect(stdout).toContain(command);
    }
  });
});

describe('a repository that cannot be read or written', () => {
  test.each([
    ['a root that is not there', (root: string) => join(root, 'nowhere')],
    ['a root that is a file', (root: string) => join(root, 'clusters/prod.yaml')],
    ['a folder without clusters/', (root: string) => join(root, 'apps')],
  ])('%s is one line and exit code 2', (_, rootOf) => {
    const { code, stdout, stderr } = spillway('/', ['render', '--root', rootOf(repository())]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.includes('error  '))).toHaveLength(1);
  });

  test('a dist that is a file is one line and exit code 2, and nothing is written', () => {
    const root = repository();
    put(root, 'dist', 'a file');
    const before = tree(root);
    const { code, stdout } = spillway(root, ['render']);
    expect(code).toBe(2);
    expect(stdout).toContain('error  cannot write dist: it is not a folder  [cannot-write]');
    expect(tree(root)).toEqual(before);
  });

  test('a symbolic link in dist that leads out is an error, and nothing is written', () => {
    const root = repository();
    const outside = temporaryRoot({ x: '' });
    mkdirSync(join(root, 'dist'));
    symlinkSync(outside, join(root, 'dist/prod'));
    const { code, stdout } = spillway(root, ['render']);
    expect(code).toBe(1);
    expect(stdout).toContain('dist/prod is a symbolic link');
    expect(tree(outside)).toEqual({ x: '' });
    expect(existsSync(join(root, 'eksctl'))).toBe(false);
    expect(existsSync(join(root, 'dist/staging'))).toBe(false);
  });

  test('an eksctl file that a person wrote is not overwritten', () => {
    const root = repository();
    put(root, 'eksctl/prod.yaml', 'kind: ClusterConfig\n');
    const { code, stdout } = spillway(root, ['render']);
    expect(code).toBe(1);
    expect(stdout).toContain('eksctl.patches');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  test('a dist that may not be written to is one line and exit code 2, and nothing is written', () => {
    const root = repository();
    const before = tree(root);
    const refusal = `Object.assign(new Error('refused'),{code:'EACCES',syscall:'access'})`;
    const { code, stdout } = spillway(root, ['render'], breaking('accessSync', refusal));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^error {2}cannot write \S+: permission denied {2}\[cannot-write\]$/m);
    expect(tree(root)).toEqual(before);
  });
});

describe('a bug of ours', () => {
  test('is exit code 70 and says how to report it; the stack comes when it is asked for', () => {
    const root = repository();
    const before = tree(root);
    const bug = breaking('accessSync', `new RangeError('off by one')`);
    const quiet = spillway(root, ['render'], bug);
    expect({ code: quiet.code, stdout: quiet.stdout }).toEqual({ code: 70, stdout: '' });
    expect(quiet.stderr).toContain('internal error: off by one\nThis is a bug in Spillway, not in your files');
    expect(quiet.stderr).not.toContain('    at ');
    expect(spillway(root, ['render'], { ...bug, SPILLWAY_DEBUG: '1' }).stderr).toContain('    at ');
    expect(tree(root)).toEqual(before);
  });
});

describe('cdk8s synth', () => {
  test('gives the bytes of render, below its own folder', () => {
    const { root, files } = rendered();
    const out = temporaryRoot();
    expect(synth(root, { CDK8S_OUTDIR: join(out, 'new/folder') })).toMatchObject({ code: 0, stdout: '' });
    expect(tree(join(out, 'new/folder'))).toEqual(files);
  });

  test('writes nothing when there is an error', () => {
    const root = repository();
    put(root, 'apps/podinfo.yaml', everywhere.replace('port:', 'prt:'));
    const out = temporaryRoot();
    const { code, stderr } = synth(root, { CDK8S_OUTDIR: out });
    expect(code).toBe(1);
    expect(stderr).toContain('apps/podinfo.yaml:3:1  error');
    expect(tree(out)).toEqual({});
  });
});
