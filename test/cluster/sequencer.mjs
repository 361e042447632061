// The order of a run: the longest files first, so that no worker begins one when the others have nothing left; and last the
// file that judges the whole run. It is told what it has to wait for, as jest gives each worker the next file while another
// may still be at its own (rights/run.ts, environment.mjs).

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

import Sequencer from '@jest/test-sequencer';

const FOLDER = join('.build', 'cluster');
const JUDGE = 'rights-used.test.ts';

/** Minutes each, seconds the rest (.build/cluster/figures.md). On a fresh machine jest itself knows only how large the files are. */
const LONGEST = [
  'sync',
  'boundaries',
  'bump-race',
  'canary',
  'chain',
  'delivery',
  'operate',
  'scaling',
  'interruption',
];

export default class JudgeLast extends Sequencer {
  constructor(options) {
    super(options);
    const { testPathPatterns, testNamePattern = '' } = options.globalConfig;
    this.isFullRun = !testPathPatterns.isSet() && testNamePattern === '';
  }

  async sort(tests) {
    const sorted = longestFirst(await super.sort(tests));
    const isJudge = ({ path }) => basename(path) === JUDGE;
    const [others, judge] = [sorted.filter((test) => !isJudge(test)), sorted.filter(isJudge)];
    if (judge.length > 0)
      startOver(
        others.map(({ path }) => markOf(path)),
        this.isFullRun,
      );
    return [...others, ...judge];
  }
}

/** The others keep their order. */
function longestFirst(tests) {
  const rank = ({ path }) => {
    const at = LONGEST.indexOf(basename(path, '.test.ts'));
    return at === -1 ? LONGEST.length : at;
  };
  return tests.toSorted((a, b) => rank(a) - rank(b));
}

/** The name of the file that says that a test file has ended. */
export function markOf(path) {
  return relative(process.cwd(), path).replaceAll('/', '+');
}

function startOver(awaited, isFullRun) {
  // jest's workers inherit it. Several runs may share .build, so what they say to each other is not in there.
  process.env.SPILLWAY_RIG_RUN = JSON.stringify({ ended: mkdtempSync(join(tmpdir(), 'spillway-ended-')), awaited });
  // What an earlier run asked for is no proof of this one. A few files alone are judged together with the last full run.
  if (!isFullRun || !existsSync(FOLDER)) return;
  for (const entry of readdirSync(FOLDER, { withFileTypes: true }))
    if (entry.isDirectory()) rmSync(join(FOLDER, entry.name, 'audit.jsonl'), { force: true });
}
