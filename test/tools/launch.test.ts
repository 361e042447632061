import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

let path = '';
beforeAll(() => {
  path = mkdtempSync(join(tmpdir(), 'spillway-path-'));
  symlinkSync(process.execPath, join(path, 'node'));
});
afterAll(() => {
  rmSync(path, { recursive: true });
});

function launch(...command: string[]): { lines: string[]; status: number | null } {
  const args = ['tools/run.mjs', 'test/cluster/launch.ts', ...command];
  const { stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  return { lines: stderr.trimEnd().split('\n'), status };
}

test('a machine that lacks what the rig needs is told each thing in one line, before anything is built', () => {
  const { lines, status } = launch('jest');
  expect(status).toBe(2);
  expect(lines.filter((line) => !/^rig: .*(Debian: apt-get install|go\.dev)/.test(line))).toEqual([]);
  const text = lines.join('\n');
  for (const tool of ['unshare', 'setpriv', 'ip', 'redis-server', 'git', 'python3', 'java', 'go'])
    expect(text).toContain(`no \`${tool}\``);
});

test('for a cluster alone less is needed', () => {
  expect(launch('sh').lines.join('\n')).not.toContain('redis-server');
});
