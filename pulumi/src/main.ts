// The program that `pulumi up` runs: the stack's configuration names the cluster.

import { resolve } from 'node:path';
import { config } from '@pulumi/aws';
import { Config, RunError } from '@pulumi/pulumi';
import { loadCluster } from './load.js';
import { program } from './program.js';
import type { Outputs } from './program.js';

async function main(): Promise<Outputs> {
  const settings = new Config('spillway');
  const name = settings.require('cluster');
  const cluster = await loadCluster(resolve(settings.get('root') ?? '..'), name).catch((error: unknown) => {
    throw new RunError(error instanceof Error ? error.message : String(error));
  });
  if (config.region !== cluster.region) {
    throw new RunError(
      `cluster ${name} is in ${cluster.region}, but the stack in ${config.region ?? 'no region'}: pulumi config set aws:region ${cluster.region}`,
    );
  }
  return program(cluster);
}

/** Pulumi takes what the promise gives for the stack's outputs. */
export = main;
