import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { buildProgram } from '../../src/cli/program.js';
import { repositoryRoot } from '../support/rendering.js';

const file = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
const { scripts } = JSON.parse(file('package.json')) as { scripts: Record<string, string> };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes': number; readonly steps: readonly Step[] }>>;
}
const workflow = parse(file('.github/workflows/check.yml')) as Workflow;
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const githubRuns = steps.flatMap(({ run }) => run ?? []);
const jenkinsRuns = [...file('Jenkinsfile').matchAll(/\bsh '([^']+)'/g)].map(([, command = '']) => command);

/** The commands of a line, without what a shell does with them. */
const commands = (line: string) => line.split('&&').map((command) => command.replace(/>.*/, '').trim());

/** Why a command would fail for what it is called with; undefined where it would not. */
function unknownIn(command: string): string | undefined {
  const [tool, ...words] = command.split(' ');
  if (tool === 'npm') {
    if (words[0] === 'ci') return undefined;
    return words[0] === 'run' && scripts[words[1] ?? ''] !== undefined ? undefined : `no npm script: ${command}`;
  }
  if (tool === 'mkdir') return undefined;
  if (tool !== 'npx' || words[0] !== 'spillway') return `not of this repository: ${command}`;
  const known = buildProgram(() => undefined).commands.find((candidate) => candidate.name() === words[1]);
  const flags = words.filter((word) => word.startsWith('--'));
  const missing = flags.filter((flag) => !known?.options.some(({ long }) => long === flag));
  return known === undefined || missing.length > 0 ? `spillway does not know: ${command}` : undefined;
}

describe.each([
  ['GitHub Actions', githubRuns],
  ['Jenkins', jenkinsRuns],
])('the pipeline of this repository on %s', (_, runs) => {
  test('runs only commands that there are', () => {
    expect(runs.length).toBeGreaterThan(3);
    expect(runs.flatMap(commands).flatMap((command) => unknownIn(command) ?? [])).toEqual([]);
  });

  test('installs first, then checks the specs, their rendering and the project', () => {
    const order = ['npm ci', 'npx spillway check', 'npx spillway render --check', 'npm run check'];
    const places = order.map((command) => runs.findIndex((run) => run.includes(command)));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});

describe('the workflow on GitHub', () => {
  test('runs on every pull request, may only read, and ends in time', () => {
    expect(Object.keys(workflow.on)).toContain('pull_request');
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(20);
  });

  test('shows findings at the lines that a person wrote', () => {
    expect(githubRuns).toContain('npx spillway check --format github');
  });

  test('pins every action by the commit of a release, which a comment names', () => {
    const lines = file('.github/workflows/check.yml')
      .split('\n')
      .filter((line) => line.includes('uses:'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('takes a Node.js that the project supports', () => {
    const setup = steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
    const version = file(String(setup?.with?.['node-version-file'])).trim();
    expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(20);
  });
});

describe('the pipeline on Jenkins', () => {
  test('records the file that the check has written', () => {
    const written = jenkinsRuns.flatMap((run) => /--format sarif > (\S+)/.exec(run)?.[1] ?? []);
    const recorded = [...file('Jenkinsfile').matchAll(/sarif\(pattern: '([^']+)'/g)].map(([, path]) => path);
    expect(recorded).toEqual(written);
    expect(recorded).toHaveLength(1);
    // Nothing that a pipeline writes may show up as a change.
    expect(recorded[0]).toMatch(/^\.build\//);
    expect(file('.gitignore').split('\n')).toContain('.build/');
  });
});
