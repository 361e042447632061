import type { Cluster } from '../rig/cluster.js';
import type { Application } from './applications.js';
import { applications, isGood } from './applications.js';
import { watch } from './watch.js';
import type { Watch } from './watch.js';

/** What the list of Applications was when one of them was first seen: name → whether each of those then was good. */
export interface FirstSight {
  readonly name: string;
  readonly others: Readonly<Record<string, boolean>>;
}

/** Watches Applications come: one sight of each, out of one answer of the API server, so that nothing changes between them. */
export function watchArrivals(cluster: Cluster): Watch<FirstSight[]> {
  const seen = new Set<string>();
  return watch(async () => {
    const found = await applications(cluster).catch(() => []); // not before their CRD is served
    const others = Object.fromEntries(found.map((it) => [it.metadata.name, isGood(it)]));
    const arrived = found.map(({ metadata }) => metadata.name).filter((name) => !seen.has(name));
    for (const name of arrived) seen.add(name);
    return arrived.length === 0 ? undefined : arrived.map((name) => ({ name, others }));
  });
}

/** The wave that an Application was rendered into. */
export function waveOf({ metadata }: Application): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

/** When Argo CD began and ended an Application's first sync, as it has recorded it: RFC 3339, whole seconds, so strings compare. */
export function firstSync({ metadata, status }: Application): { readonly began: string; readonly ended: string } {
  const first = status?.history?.find(({ id }) => id === 0);
  if (first === undefined) throw new Error(`Argo CD no longer knows the first sync of ${metadata.name}`);
  return { began: first.deployStartedAt ?? first.deployedAt, ended: first.deployedAt };
}
