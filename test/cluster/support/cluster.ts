import { afterAll, beforeAll } from '@jest/globals';

import { startCluster } from '../rig/cluster.js';
import type { Cluster, ClusterOptions } from '../rig/cluster.js';

/**
 * One cluster for the tests of a file: booted before them, stopped after them whatever they did, its logs printed when
 * one failed. Returns the way to it, which throws before the cluster is up.
 */
export function useCluster(options: ClusterOptions, prepare?: (cluster: Cluster) => Promise<void>): () => Cluster {
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    cluster = await startCluster(options);
    await prepare?.(cluster);
  });
  afterAll(async () => {
    if ('__aTestFailed' in globalThis && cluster !== undefined) console.error(cluster.logTails());
    await cluster?.stop();
  });
  return () => {
    if (cluster === undefined) throw new Error(`cluster ${options.name} is not up yet: use it in a test or hook`);
    return cluster;
  };
}
