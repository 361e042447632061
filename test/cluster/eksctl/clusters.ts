import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from '../rig/build/paths.js';
import { Ec2 } from './cloud/network.js';
import type { Moto } from './cloud/moto.js';

/** A rendered ClusterConfig and whence it comes. */
export interface RenderedConfig {
  readonly cluster: string;
  readonly region: string;
  /** The file, as it is committed. */
  readonly clusterConfig: string;
  readonly path: string;
}

const paths = {
  prod: 'eksctl/prod.yaml',
  staging: 'eksctl/staging.yaml',
  minimal: 'test/fixtures/minimal/eksctl/prod.yaml',
  blue: 'test/fixtures/everything/eksctl/blue.yaml',
} as const;

/** Name of a rendered ClusterConfig of this repository: its own clusters, and the golden ones. */
export type ConfigName = keyof typeof paths;
export const CONFIGS = Object.keys(paths) as ConfigName[];

/** One rendered ClusterConfig, as `npm start` or the golden test has written it. */
export function renderedConfig(name: ConfigName): RenderedConfig {
  const path = paths[name];
  const clusterConfig = readFileSync(join(repositoryRoot, path), 'utf8');
  const [, cluster = ''] = /^ {2}name: (\S+)$/m.exec(clusterConfig) ?? [];
  const [, region = ''] = /^ {2}region: (\S+)$/m.exec(clusterConfig) ?? [];
  return { cluster, region, clusterConfig, path };
}

/** A VPC that is there already, so that eksctl finds what a ClusterConfig names: the config with the ids that EC2 gave, and both by name. */
export async function withExistingNetwork(
  config: RenderedConfig,
  moto: Moto,
): Promise<{ config: RenderedConfig; ids: ReadonlyMap<string, string> }> {
  const { clusterConfig, region } = config;
  const [vpc] = /\bvpc-[0-9a-f]+\b/.exec(clusterConfig) ?? [];
  if (vpc === undefined) return { config, ids: new Map() };
  const [, range = ''] = /^ {2}cidr: (\d+\.\d+)\./m.exec(clusterConfig) ?? [];
  const ec2 = new Ec2(`http://127.0.0.1:${moto.port}/`, region);
  const ids = new Map([[vpc, await ec2.createVpc(`${range}.0.0/16`)]]);
  const subnets = [...clusterConfig.matchAll(/^ +(\S+):\n +id: (subnet-\S+)$/gm)];
  for (const [index, [, zone = '', subnet = '']] of subnets.entries())
    ids.set(subnet, await ec2.createSubnet(ids.get(vpc) ?? '', `${range}.${index}.0/24`, zone));
  return { config: { ...config, clusterConfig: replaced(clusterConfig, ids) }, ids };
}

/** A text with every key of the map replaced by its value. */
export function replaced(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((sofar, [from, to]) => sofar.replaceAll(from, to), text);
}
