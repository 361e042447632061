/**
 * `npm run bench`: how long a render takes, by stage, and how that grows. Each repository is rendered in a process of its own, from
 * nothing to all files on disk. Budget: 100 apps on three clusters in under 2 s on 2 cores.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyChanges } from '../src/layout/apply.js';
import { compareFiles } from '../src/layout/compare.js';
import { renderRepository } from '../src/pipeline.js';
import { writeSyntheticRepository } from './synthetic.js';

const sizes = [10, 100, 1000];
const clustersEach = 3;
const budget = { apps: 100, milliseconds: 2000 };

interface Measurement {
  readonly files: number;
  readonly diagnostics: number;
  readonly milliseconds: Readonly<Record<string, number>>;
  /** User and system time of the process: what counts where other programs share the cores. */
  readonly cpu: number;
}

/** Renders, checks and writes one repository, and times each stage. */
async function measure(root: string): Promise<Measurement> {
  const milliseconds: Record<string, number> = { 'node and code': performance.now() };
  let stage = '';
  let since = performance.now();
  const enter = (next: string) => {
    const now = performance.now();
    if (stage !== '' && stage !== 'done') milliseconds[stage] = (milliseconds[stage] ?? 0) + now - since;
    [stage, since] = [next, now];
  };

  const { files, diagnostics, clusters } = await renderRepository(root, { observe: enter });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error(`the synthetic repository has errors: ${JSON.stringify(errors.slice(0, 5), null, 2)}`);
  enter('compare');
  const comparison = compareFiles(root, files, {
    clusters: clusters.map(({ cluster }) => cluster.name),
    complete: true,
  });
  enter('apply');
  const refusals = applyChanges(root, comparison.changes);
  enter('done');
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
  const { user, system } = process.cpuUsage();
  return { files: files.length, diagnostics: diagnostics.length, milliseconds, cpu: (user + system) / 1000 };
}

/** The same in a new process; the wall time is that of the whole process. */
function measureCold(apps: number): Measurement & { readonly wall: number } {
  const root = mkdtempSync(join(tmpdir(), 'spillway-bench-'));
  try {
    writeSyntheticRepository(root, apps);
    const started = performance.now();
    const child = spawnSync(process.execPath, [process.argv[1] ?? '', '--measure', root], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const wall = performance.now() - started;
    if (child.status !== 0) throw new Error(child.stderr);
    return { ...(JSON.parse(child.stdout) as Measurement), wall };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function print(results: readonly (Measurement & { readonly apps: number; readonly wall: number })[]): void {
  const stages = Object.keys(results[0]?.milliseconds ?? {});
  const row = (name: string, cells: readonly string[]) => {
    console.log([name.padEnd(16), ...cells.map((cell) => cell.padStart(12))].join(''));
  };
  row(
    'ms, cold',
    results.map(({ apps }) => `${apps} × ${clustersEach}`),
  );
  for (const stage of stages)
    row(
      stage,
      results.map(({ milliseconds }) => (milliseconds[stage] ?? 0).toFixed(0)),
    );
  row(
    'whole process',
    results.map(({ wall }) => wall.toFixed(0)),
  );
  row(
    'CPU time',
    results.map(({ cpu }) => cpu.toFixed(0)),
  );
  row(
    'per app',
    results.map(({ apps, wall }) => (wall / apps).toFixed(1)),
  );
  row(
    'growth, per app',
    results.map(({ apps, wall }, i) => {
      const before = results[i - 1];
      return before ? `× ${(wall / apps / (before.wall / before.apps)).toFixed(2)}` : '';
    }),
  );
  row(
    'files',
    results.map(({ files }) => String(files)),
  );
  row(
    'diagnostics',
    results.map(({ diagnostics }) => String(diagnostics)),
  );
}

async function main(): Promise<void> {
  const [flag, root] = process.argv.slice(2);
  if (flag === '--measure' && root !== undefined) {
    console.log(JSON.stringify(await measure(root)));
    return;
  }
  const results = sizes.map((apps) => ({ apps, ...measureCold(apps) }));
  print(results);
  const judged = results.find(({ apps }) => apps === budget.apps);
  if (judged && judged.wall > budget.milliseconds) {
    console.error(
      `over budget: ${budget.apps} × ${clustersEach} took ${judged.wall.toFixed(0)} ms, not ${budget.milliseconds}`,
    );
    process.exitCode = 1;
  }
}

void main();
