import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spillway-tally-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function report(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function jest(name: string, passed: number, failed: number, more: object = {}): string {
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: 0, numRuntimeErrorTestSuites: 0 };
  return report(name, JSON.stringify({ success: failed === 0, ...counts, ...more }));
}

/** The last line, and whether the run was good. */
function tally(...args: string[]): { last: string | undefined; status: number | null } {
  const { stdout, status } = spawnSync(process.execPath, ['tools/tally.mjs', ...args], { encoding: 'utf8' });
  return { last: stdout.trimEnd().split('\n').at(-1), status };
}

const XML = `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
  <testsuite name="outer" tests="4">
    <testcase name="one" time="0.1"/>
    <testsuite name="inner">
      <testcase name="says &lt;failure>" time="0.1"></testcase>
      <testcase name="two"><failure message="a &lt;b"><![CDATA[<testcase name="not one"/>]]></failure></testcase>
      <testcase name="three"><skipped/></testcase>
    </testsuite>
  </testsuite>
</testsuites>`;

test('the reports of all tiers are one sum, whatever wrote them', () => {
  expect(tally(jest('a.json', 3, 0), report('b.xml', XML))).toEqual({ last: '5 passed, 1 failed', status: 1 });
  expect(tally(jest('a.json', 3, 0), jest('b.json', 4, 0))).toEqual({ last: '7 passed, 0 failed', status: 0 });
});

test('what fails without naming a test counts as one failure', () => {
  const good = jest('good.json', 3, 0);
  const cases = [
    [good, '--failed', 'lint'],
    [good, '--red', jest('red.json', 0, 0)],
    [good, join(folder, 'never-written.json')],
    [good, jest('not-loaded.json', 0, 0, { success: false, numRuntimeErrorTestSuites: 1 })],
  ];
  for (const args of cases) expect(tally(...args)).toEqual({ last: '3 passed, 1 failed', status: 1 });
});

test('nothing at all is not good', () => {
  expect(tally()).toEqual({ last: '0 passed, 0 failed', status: 1 });
});
