// What a run on the rig costs, printed when it ends and kept in .build/cluster/figures.md (docs/proof.md has it from a
// full run): wall time of each file, boot time of each cluster, memory and CPU of everything in the rig's network, jest
// included, and what the parts took to build. The run fails where the rig no longer fits.

import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';

import { Processes } from './processes.mjs';

const GIB = 1024 ** 3;
const LIMITS = { memoryBytes: 4 * GIB, bootSeconds: 15 };
const FOLDER = join('.build', 'cluster');
const SAMPLE_EVERY_MS = 1_000;

export default class Figures {
  #started = Date.now();
  #processes = new Processes();
  #timer = undefined;
  #problems = [];

  onRunStart() {
    this.#started = Date.now();
    this.#processes = new Processes();
    this.#timer = setInterval(() => {
      this.#processes.look();
    }, SAMPLE_EVERY_MS);
  }

  onRunComplete(_contexts, results) {
    clearInterval(this.#timer);
    const clusters = clustersSince(this.#started);
    this.#problems = problemsOf(clusters);
    const text = [
      ...filesTable(results, (Date.now() - this.#started) / 1000),
      '',
      ...machineLines(this.#processes, clusters),
      '',
      ...partsTable(partRecords()),
      '',
    ].join('\n');
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, 'figures.md'), text);
    console.log(`\n${text}`);
  }

  /** jest makes the run fail when a reporter has an error. */
  getLastError() {
    if (this.#problems.length > 0) return new Error(this.#problems.join('\n'));
  }
}

function problemsOf(clusters) {
  const problems = [];
  // One cluster, with everything in it; how many there are at a time is the run's choice (jest.config.mjs).
  const largest = largestBytes(clusters);
  if (largest > LIMITS.memoryBytes)
    problems.push(`a cluster took ${gib(largest)} of memory; each must fit in ${gib(LIMITS.memoryBytes)}`);
  // The fastest, because a machine that is busy with other things slows some of them down.
  const fastest = Math.min(...clusters.map(({ bootSeconds }) => bootSeconds));
  if (clusters.length > 0 && fastest > LIMITS.bootSeconds)
    problems.push(`no cluster was ready in less than ${fastest.toFixed(1)} s; it must be ${LIMITS.bootSeconds} s`);
  return problems;
}

function filesTable({ testResults, numPassedTests, numFailedTests, numPendingTests }, seconds) {
  const rows = testResults
    .map(({ testFilePath, perfStats, numPassingTests, numFailingTests, numPendingTests: skipped }) => [
      basename(testFilePath),
      `${((perfStats.end - perfStats.start) / 1000).toFixed(0)} s`,
      counts(numPassingTests, numFailingTests, skipped),
    ])
    .sort(([a], [b]) => a.localeCompare(b));
  const all = [
    'all of them',
    `${seconds.toFixed(0)} s of wall time`,
    counts(numPassedTests, numFailedTests, numPendingTests),
  ];
  return table(['file', 'time', 'tests'], [...rows, all]);
}

function counts(passed, failed, skipped) {
  const parts = [`${passed} passed`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return parts.join(', ');
}

function machineLines(processes, clusters) {
  const boots = clusters.map(({ bootSeconds }) => bootSeconds).sort((a, b) => a - b);
  const seconds = (value) => `${value.toFixed(1)} s`;
  return [
    `Memory of everything in the rig's network (resident, jest included): at most ${gib(processes.peakBytes)}.`,
    `CPU of the whole machine, whoever for: ${processes.secondsOfMachine().toFixed(0)} s. In the rig's network: ${greediest(processes)}.`,
    ...(clusters.length === 0
      ? []
      : [
          `${clusters.length} clusters were booted, nodes Ready, in ${seconds(boots[0])} to ${seconds(boots.at(-1))}; the largest took ${gib(largestBytes(clusters))} (its parts' peaks together).`,
        ]),
  ];
}

/** Programs that took a second or more. */
function greediest(processes) {
  const programs = processes.secondsByProgram().filter(([, seconds]) => seconds >= 1);
  return programs.map(([program, seconds]) => `${program} ${seconds.toFixed(0)}`).join(', ');
}

function largestBytes(clusters) {
  return Math.max(0, ...clusters.map(({ peakBytes }) => sum(Object.values(peakBytes))));
}

function partsTable(records) {
  const rows = records.map(({ module, bytes, seconds, builtAt }) => [
    module,
    `${(sum(Object.values(bytes)) / 1e6).toFixed(0)} MB`,
    `${seconds.toFixed(0)} s`,
    builtAt.slice(0, 10),
  ]);
  return table(['part', 'size', 'built in', 'on'], rows);
}

function table(head, rows) {
  const lines = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const text = (line) => `| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [text(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(text)];
}

/** What clusters that ended in this run have left (rig/figures.ts). */
function clustersSince(started) {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .map((name) => join(FOLDER, name, 'figures.json'))
    .filter((file) => existsSync(file) && statSync(file).mtimeMs >= started)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

/** The records that the builder keeps beside its binaries (rig/build/build.ts). */
function partRecords() {
  const files = Object.values(JSON.parse(process.env.SPILLWAY_RIG_FILES ?? '{}'));
  const records = [...new Set(files.map((file) => join(dirname(file), 'build.json')))];
  return records.filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

function gib(bytes) {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}
