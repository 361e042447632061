// Node's environment, plus one thing that jest keeps to itself: whether a test of this file has failed. The logs of the
// cluster are printed then (support/cluster.ts).

import { TestEnvironment } from 'jest-environment-node';

export default class ClusterEnvironment extends TestEnvironment {
  async handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.global.__aTestFailed = true;
  }
}
