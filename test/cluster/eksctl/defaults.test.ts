import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';

import { createPki } from '../rig/pki.js';
import { startMoto } from './cloud/moto.js';
import type { Moto } from './cloud/moto.js';
import { CONFIGS, renderedConfig } from './clusters.js';
import type { ConfigName } from './clusters.js';
import { DryRuns } from './dry-run.js';
import { ANY, LEFT_TO_EKSCTL, NOT_REPEATED, differences } from './filled-in.js';
import type { Differences } from './filled-in.js';

// `eksctl create cluster --dry-run` prints the ClusterConfig with its defaults filled in: nothing that we state is changed, and
// what we leave to eksctl is known.

const found = new Map<ConfigName, Differences>();
let moto: Moto;
let dryRuns: DryRuns;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eksctl-defaults-'));
  moto = await startMoto(folder);
  dryRuns = new DryRuns(moto, await createPki(join(folder, 'pki')));
  for (const name of CONFIGS) {
    const { clusterConfig, region } = renderedConfig(name);
    const { status, stdout, stderr } = await dryRuns.run(clusterConfig, region);
    if (status !== 0) throw new Error(`eksctl refuses ${name}: ${stdout}${stderr}`);
    found.set(name, differences(load(clusterConfig), load(stdout)));
  }
}, 120_000);

afterAll(async () => {
  await dryRuns.stop();
  await moto.process.stop();
});

describe.each(CONFIGS)('what eksctl makes of %s', (name) => {
  test('changes nothing that we state', () => {
    expect(differencesOf(name).changed).toEqual({});
  });

  test('leaves out nothing but switches that are off', () => {
    const lost = Object.entries(differencesOf(name).dropped).filter(
      ([path, value]) => value !== false || !NOT_REPEATED.some((form) => form.test(path)),
    );
    expect(lost).toEqual([]);
  });

  test('fills in only what has a reason', () => {
    const surprises = Object.entries(differencesOf(name).added).filter(
      ([path, value]) =>
        !LEFT_TO_EKSCTL.some(
          (left) => left.path.test(path) && (left.value === ANY || isDeepStrictEqual(left.value, value)),
        ),
    );
    expect(surprises).toEqual([]);
  });
});

test('every reason is still needed', () => {
  const paths = CONFIGS.flatMap((name) => Object.keys(differencesOf(name).added));
  const dropped = CONFIGS.flatMap((name) => Object.keys(differencesOf(name).dropped));
  expect(LEFT_TO_EKSCTL.filter(({ path }) => !paths.some((one) => path.test(one)))).toEqual([]);
  expect(NOT_REPEATED.filter((form) => !dropped.some((one) => form.test(one)))).toEqual([]);
});

function differencesOf(name: ConfigName): Differences {
  const differences = found.get(name);
  if (differences === undefined) throw new Error(`eksctl was not asked of ${name}`);
  return differences;
}
