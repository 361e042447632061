import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createPki } from '../rig/pki.js';
import { repositoryRoot } from '../rig/build/paths.js';
import { startMoto } from './cloud/moto.js';
import type { Moto } from './cloud/moto.js';
import { renderedConfig, withExistingNetwork } from './clusters.js';
import type { ConfigName } from './clusters.js';
import { stacksFixture } from './fixture.js';
import { record } from './recording.js';
import type { Recording } from './recording.js';

// `eksctl create cluster` is driven to its end, and what it asked CloudFormation for is read.

const RECORDED = ['prod', 'staging', 'blue'] as const satisfies readonly ConfigName[];

let moto: Moto;
const recordings = new Map<string, { recording: Recording; fixture: string }>();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eksctl-stacks-'));
  const pki = await createPki(join(folder, 'pki'));
  moto = await startMoto(folder);
  await Promise.all(
    RECORDED.map(async (name) => {
      const { config, ids } = await withExistingNetwork(renderedConfig(name), moto);
      const recording = await record(config, moto, pki);
      const given = new Map([...ids].map(([theirs, ec2s]) => [ec2s, theirs]));
      recordings.set(name, { recording, fixture: stacksFixture(recording, given) });
    }),
  );
}, 180_000);

afterAll(async () => {
  await moto.process.stop();
});

describe.each(RECORDED)('eksctl create cluster, %s', (name) => {
  test('would have had built what test/fixtures/eksctl-stacks says', () => {
    const { recording, fixture } = recorded(name);
    const file = join(repositoryRoot, 'test', 'fixtures', 'eksctl-stacks', `${recording.cluster}.json`);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, fixture);
    }
    // Stale? UPDATE_GOLDEN=1 npm run test:cluster -- eksctl/stacks, and read the diff.
    expect(fixture).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
  });
});

function recorded(name: ConfigName): { recording: Recording; fixture: string } {
  const found = recordings.get(name);
  if (found === undefined) throw new Error(`${name} was not recorded`);
  return found;
}
