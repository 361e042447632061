// Puts the file that judges a whole run last, and tells it what it has to wait for: jest gives each worker the next file
// while another worker may still be at its own (rights/run.ts, environment.mjs).

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

import Sequencer from '@jest/test-sequencer';

const FOLDER = join('.build', 'cluster');
const JUDGE = 'rights-used.test.ts';

export default class JudgeLast extends Sequencer {
  constructor(options) {
    super(options);
    const { testPathPatterns, testNamePattern = '' } = options.globalConfig;
    this.isFullRun = !testPathPatterns.isSet() && testNamePattern === '';
  }

  async sort(tests) {
    const sorted = await super.sort(tests);
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
