import type { ResolvedCluster } from '../../src/model/resolved.js';
import { clusterConfig } from '../../src/eksctl/cluster-config.js';
import { prod, resolvedCluster } from '../support/repository.js';
import { asList, asMap } from '../support/workloads.js';
import type { Json } from '../support/workloads.js';

/** The cluster of design.md with more lines. */
export function clusterText(...lines: readonly string[]): string {
  return prod + lines.map((line) => `${line}\n`).join('');
}

/** ClusterConfig of a cluster's text. */
export function configOf(cluster: string, apps: Readonly<Record<string, string>> = {}): Json {
  return clusterConfig(resolved(cluster, apps));
}

export function resolved(cluster: string, apps: Readonly<Record<string, string>> = {}): ResolvedCluster {
  return resolvedCluster({ cluster, apps });
}

/** The part of a config at a path of map keys. */
export function at(config: Json, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value === undefined ? undefined : asMap(value)[key]), config);
}

/** The only entry of a list whose `key` has this value. */
export function entry(list: unknown, key: string, value: string): Json {
  const found = asList(list).filter((item) => item[key] === value);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} entries with ${key} ${value}`);
  return first;
}

/** A group of either list. */
export function nodeGroup(config: Json, name: string): Json {
  return entry([...asList(config['managedNodeGroups']), ...asList(config['nodeGroups'])], 'name', name);
}
