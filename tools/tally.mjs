// The last line of a CI run: node tools/tally.mjs [REPORT.json]... [--red REPORT.json]... [--failed STEP]...
//
// Sums the reports that jest wrote; --red names one whose command exited non-zero. What failed without naming a test
// (lint, a suite that does not load, a report that was never written) counts as one failure, so that the line never says
// "0 failed" under a red run.

import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const list = { type: 'string', multiple: true, default: [] };
const { values, positionals } = parseArgs({ allowPositionals: true, options: { red: list, failed: list } });

let passed = 0;
let failed = values.failed.length;
for (const step of values.failed) console.log(`failed: ${step}`);

for (const path of [...positionals, ...values.red]) {
  if (!existsSync(path)) {
    console.log(`no test report: ${path}`);
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const failures = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const red = !report.success || values.red.includes(path);
  passed += report.numPassedTests;
  failed += red ? Math.max(1, failures) : failures;
  if (report.numPendingTests > 0) console.log(`${path}: ${report.numPendingTests} skipped`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
