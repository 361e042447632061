// The last line of a CI run: node tools/tally.mjs [REPORT]... [--red REPORT]... [--failed STEP]...
//
// Sums reports: .json as jest writes them, .xml as JUnit does (node --test, Maven, pytest); --red names one whose command
// exited non-zero. What failed without naming a test (lint, a suite that does not load, a report that was never written)
// counts as one failure, so that the line never says "0 failed" under a red run.

import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const list = { type: 'string', multiple: true, default: [] };
const { values, positionals } = parseArgs({ allowPositionals: true, options: { red: list, failed: list } });

/** { passed, failed, skipped } of jest's JSON. */
function ofJest(text) {
  const report = JSON.parse(text);
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: report.success ? failed : Math.max(1, failed),
    skipped: report.numPendingTests,
  };
}

/** The same of JUnit's XML, by its test cases: their suites nest differently in each tool's dialect. */
function ofJUnit(text) {
  // A message may quote anything, markup too; CDATA and attributes are where it can.
  const bare = text.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').replaceAll(/="[^"]*"/g, '=""');
  const cases = [...bare.matchAll(/<testcase\b[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(([, body = '']) => body);
  const failed = cases.filter((body) => /<(failure|error)\b/.test(body)).length;
  const skipped = cases.filter((body) => /<skipped\b/.test(body)).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
}

let passed = 0;
let failed = values.failed.length;
for (const step of values.failed) console.log(`failed: ${step}`);

for (const path of [...positionals, ...values.red]) {
  if (!existsSync(path)) {
    console.log(`no test report: ${path}`);
    failed += 1;
    continue;
  }
  const text = readFileSync(path, 'utf8');
  const report = path.endsWith('.xml') ? ofJUnit(text) : ofJest(text);
  passed += report.passed;
  failed += values.red.includes(path) ? Math.max(1, report.failed) : report.failed;
  if (report.skipped > 0) console.log(`${path}: ${report.skipped} skipped`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
