import { describe, expect, test } from '@jest/globals';
import { podinfo, prod } from '../support/repository.js';
import { temporaryRoot } from '../layout/temporary-root.js';
import { spillway } from './run-spillway.js';

const staging = prod.replace('name: prod', 'name: staging');
const onBoth = podinfo.replace('clusters: {prod: {}}', 'clusters: {prod: {}, staging: {}}');
const repository = (app = onBoth) =>
  temporaryRoot({ 'clusters/prod.yaml': prod, 'clusters/staging.yaml': staging, 'apps/podinfo.yaml': app });
const cluster = (text: string) => /SPILLWAY_CLUSTER = '(\w+)'/.exec(text)?.[1];

describe('spillway pipeline', () => {
  test('prints a Jenkinsfile and nothing else on stdout; what there is to say goes to stderr', () => {
    const { code, stdout, stderr } = spillway(repository(), ['pipeline', 'podinfo', '--cluster', 'staging']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\/\/ Written by `spillway pipeline podinfo`.*\n.*\npipeline \{\n[\s\S]*\n\}\n$/);
    expect(stderr).toContain('[pipeline-registry]');
  });

  test('asks which of several clusters gets the builds, unless the spec says it', () => {
    const { code, stdout, stderr } = spillway(repository(), ['pipeline', 'podinfo']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('podinfo is on prod, staging: `--cluster` or `delivery.bumps` must say');
    const said = spillway(repository(`${onBoth}delivery: {bumps: staging}\n`), ['pipeline', 'podinfo']);
    expect(cluster(said.stdout)).toBe('staging');
    const only = spillway(repository(podinfo), ['pipeline', 'podinfo']);
    expect(cluster(only.stdout)).toBe('prod');
  });

  test.each([
    [['podinf'], 'there is no app named podinf', 'did you mean podinfo?'],
    [['podinfo', '--cluster', 'stagin'], 'there is no cluster with podinfo named stagin', 'did you mean staging?'],
    [['podinfo', '--cluster', 'prod', '--agent', 'a b'], '`--agent` is "a b", not one label', '[invalid-option]'],
    [['podinfo', '--cluster', 'prod', '--builder', 'kaniko'], 'Allowed choices are docker, buildah', ''],
  ])('%j is a misuse', (args, message, hint) => {
    const { code, stdout, stderr } = spillway(repository(), ['pipeline', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('says what keeps the app from being read', () => {
    const { code, stderr } = spillway(repository(onBoth.replace('port:', 'prot:')), ['pipeline', 'podinfo']);
    expect(code).toBe(1);
    expect(stderr).toContain('apps/podinfo.yaml:3:1');
  });

  test('prints the shared library, and the lines that call it', () => {
    const run = (flags: string[]) => spillway(repository(), ['pipeline', 'podinfo', '--cluster', 'prod', ...flags]);
    expect(run(['--shared-library']).stdout).toContain('def call(Map config) {');
    expect(run(['--library', 'acme']).stdout.split('\n').slice(0, 3)).toEqual([
      "@Library('acme') _",
      '',
      "spillwayApp(app: 'podinfo', repository: 'stefanprodan/podinfo', test: 'make test')",
    ]);
  });
});
