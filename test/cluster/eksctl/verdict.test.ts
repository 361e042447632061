import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { renderSources } from '../../../src/pipeline.js';
import { sourcesOf } from '../../support/repository.js';
import { repositoryRoot } from '../rig/build/paths.js';
import { createPki } from '../rig/pki.js';
import { startMoto } from './cloud/moto.js';
import type { Moto } from './cloud/moto.js';
import { CONFIGS, renderedConfig } from './clusters.js';
import { unread } from './corpus/case.js';
import type { CorpusCase } from './corpus/case.js';
import { corpus } from './corpus/corpus.js';
import { DryRuns } from './dry-run.js';
import { table } from './table.js';

// The real eksctl judges every rendered ClusterConfig and what each spec of the corpus becomes; its verdict stands beside ours.

/** What was said of one case. */
interface Judged {
  readonly ours: readonly string[];
  readonly withoutPlace: readonly string[];
  /** '' where eksctl accepts it. */
  readonly eksctl: string | typeof unread;
}

const judged = new Map<string, Judged>();
const rendered = new Map<string, string>();
let moto: Moto;
let dryRuns: DryRuns;

const cases = Object.values(corpus).flat();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eksctl-verdict-'));
  moto = await startMoto(folder);
  dryRuns = new DryRuns(moto, await createPki(join(folder, 'pki')));
  for (const name of CONFIGS) {
    const { clusterConfig, region } = renderedConfig(name);
    rendered.set(name, refusal(await dryRuns.run(clusterConfig, region)));
  }
  const waiting = [...cases];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      judged.set(next.name, await judge(next));
  };
  await Promise.all([work(), work(), work()]);
}, 240_000);

afterAll(async () => {
  process.stdout.write(`\n${verdicts()}\n`);
  await dryRuns.stop();
  await moto.process.stop();
});

test.each(CONFIGS)('eksctl accepts the rendered ClusterConfig %s', (name) => {
  expect(rendered.get(name)).toBe('');
});

describe.each(Object.entries(corpus))('%s', (_, ofTopic) => {
  test.each(ofTopic.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const { ours, eksctl, withoutPlace } = verdictOn(name);
    expect(ours).toEqual(one.ours);
    expect(withoutPlace).toEqual([]);
    if (one.eksctl === unread || eksctl === unread) expect(eksctl).toBe(one.eksctl);
    else if (one.eksctl === '') expect(eksctl).toBe('');
    else expect(eksctl).toContain(one.eksctl);
  });
});

test('eksctl refuses nothing that we accept', () => {
  const missed = cases.filter(({ name }) => isRefused(verdictOn(name).eksctl) && verdictOn(name).ours.length === 0);
  expect(missed.map(({ name }) => name)).toEqual([]);
});

test('what we refuse and eksctl accepts is in docs/checks.md', () => {
  const documented = new Set(readFileSync(join(repositoryRoot, 'docs/checks.md'), 'utf8').match(/(?<=^### ).+$/gm));
  const beyond = cases.filter(({ name }) => verdictOn(name).eksctl === '').flatMap(({ name }) => verdictOn(name).ours);
  const undocumented = new Set(beyond.filter((code) => !documented.has(code)));
  // No check: the spec is where a cluster is named, and a patch must not contradict it.
  expect([...undocumented]).toEqual(['patch-changes-identity']);
});

test('no two cases have one name, and there are enough of them', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThanOrEqual(80);
});

async function judge({ cluster, apps }: CorpusCase): Promise<Judged> {
  const name = /^name: *(\S+)/m.exec(cluster)?.[1] ?? '';
  const { diagnostics, clusters } = await renderSources(sourcesOf({ clusters: { [name]: cluster }, apps }));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const config = clusters[0]?.clusterConfig;
  const { region } = (config?.['metadata'] ?? {}) as { region?: string };
  return {
    ours: [...new Set(errors.map(({ code }) => code))].sort(),
    withoutPlace: errors.filter(({ at }) => !at?.line || !at.column).map(({ message }) => message),
    eksctl: config === undefined ? unread : refusal(await dryRuns.run(JSON.stringify(config), region ?? '')),
  };
}

function refusal({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): string {
  if (status === 0) return '';
  const text = `${stdout}${stderr}`.trim().replace(/^Error: /, '');
  return text === '' ? `exit code ${String(status)}` : text;
}

function isRefused(verdict: Judged['eksctl']): boolean {
  return verdict !== unread && verdict !== '';
}

function verdictOn(name: string): Judged {
  const found = judged.get(name);
  if (found === undefined) throw new Error(`${name} was not judged`);
  return found;
}

function verdicts(): string {
  const ours = (codes: readonly string[]): string => (codes.length === 0 ? 'accepted' : codes.join(', '));
  const eksctls = (verdict: Judged['eksctl']): string => {
    if (verdict === unread) return '–';
    return verdict === '' ? 'accepted' : verdict.replaceAll(/\s+/g, ' ').slice(0, 90);
  };
  return table(
    ['ClusterConfig', 'ours', 'eksctl 0.230.0'],
    [
      ...CONFIGS.map((name) => [renderedConfig(name).path, 'rendered', eksctls(rendered.get(name) ?? unread)]),
      ...Object.entries(corpus).flatMap(([topic, ofTopic]) =>
        ofTopic.flatMap(({ name }) => {
          const one = judged.get(name);
          return one === undefined ? [] : [[`${topic}: ${name}`, ours(one.ours), eksctls(one.eksctl)]];
        }),
      ),
    ],
  );
}
