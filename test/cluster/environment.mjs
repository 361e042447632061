// Node's environment, plus two things that jest keeps to itself: whether a test of this file has failed (the logs of the
// cluster are printed then, support/cluster.ts), and which files have ended, their clusters stopped (rights/run.ts).

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { TestEnvironment } from 'jest-environment-node';

import { markOf } from './sequencer.mjs';

export default class ClusterEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.mark = markOf(context.testPath);
  }

  async teardown() {
    await super.teardown();
    // Set by sequencer.mjs, in runs in which somebody waits.
    const { SPILLWAY_RIG_RUN: run } = process.env;
    if (run !== undefined) writeFileSync(join(JSON.parse(run).ended, this.mark), '');
  }

  async handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.global.__aTestFailed = true;
  }
}
