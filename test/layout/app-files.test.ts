import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareAppFiles } from '../../src/layout/app-files.js';
import { applyChanges } from '../../src/layout/apply.js';
import { compareFiles } from '../../src/layout/compare.js';
import { renderSources, type Rendering } from '../../src/pipeline.js';
import { podinfo, sourcesOf } from '../support/repository.js';
import { put, temporaryRoot, tree } from './temporary-root.js';

const other = podinfo.replaceAll('podinfo', 'other');
const render = (apps: Readonly<Record<string, string>>, filesOfApp?: string): Promise<Rendering> =>
  renderSources(sourcesOf({ apps }), filesOfApp === undefined ? {} : { filesOfApp });

/** A root as the last render of these apps left it. */
async function rendered(apps: Readonly<Record<string, string>>): Promise<string> {
  const root = temporaryRoot();
  const { files } = await render(apps);
  applyChanges(root, compareFiles(root, files, { clusters: ['prod'], complete: true }).changes);
  return root;
}

describe('the files of one app', () => {
  test('are the bytes that a whole render gives them', async () => {
    const whole = (await render({ podinfo, other })).files.filter(({ path }) => path.includes('/apps/podinfo/'));
    expect((await render({ podinfo, other }, 'podinfo')).files).toEqual(whole);
    expect(whole.length).toBeGreaterThan(3);
  });

  test('change alone: nobody else’s, stale or unknown, are looked at', async () => {
    const root = await rendered({ podinfo, other });
    const foreign = 'dist/prod/apps/other/of-a-person.yaml';
    put(root, foreign, 'x: 1\n');
    const { files } = await render(
      { podinfo: podinfo.replace('6.9.2', '6.9.3'), other: other.replace('9898', '9899') },
      'podinfo',
    );
    const { changes, diagnostics } = compareAppFiles(root, files, 'prod', 'podinfo');
    expect(diagnostics).toEqual([]);
    expect(changes.filter(({ kind }) => kind !== 'unchanged').map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'update dist/prod/apps/podinfo/podinfo.Deployment-podinfo.yaml',
    ]);
    expect(changes.filter(({ path }) => !path.startsWith('dist/prod/apps/podinfo/')).map(({ path }) => path)).toEqual([
      'dist/prod/index.json',
    ]);
  });

  test('that come and go are in index.json, whose other lines stay', async () => {
    const root = await rendered({ podinfo, other });
    const before = tree(root);
    const worker = podinfo.replace(/port:.*\nhealth:.*\n/, 'kind: worker\n');
    const { files } = await render({ podinfo: worker, other }, 'podinfo');
    const { changes } = compareAppFiles(root, files, 'prod', 'podinfo');
    const service = 'dist/prod/apps/podinfo/podinfo.Service-podinfo.yaml';
    expect(changes.filter(({ kind }) => kind === 'delete').map(({ path }) => path)).toEqual([service]);
    expect(applyChanges(root, changes)).toEqual([]);
    const index = readFileSync(join(root, 'dist/prod/index.json'), 'utf8').split('\n');
    const gone = (before['dist/prod/index.json'] ?? '').split('\n').filter((line) => !index.includes(line));
    expect(gone).toEqual([expect.stringContaining(service)]);
    const after = compareAppFiles(root, files, 'prod', 'podinfo').changes;
    expect(after.every(({ kind }) => kind === 'unchanged')).toBe(true);
  });

  test('are refused where the app was never rendered: it comes with more than its own files', async () => {
    const root = await rendered({ other });
    const { files } = await render({ podinfo, other }, 'podinfo');
    for (const place of [root, temporaryRoot()])
      expect(compareAppFiles(place, files, 'prod', 'podinfo')).toMatchObject({
        changes: [],
        diagnostics: [{ code: 'app-never-rendered', severity: 'error' }],
      });
  });
});
