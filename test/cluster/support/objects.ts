import type { KubernetesObject } from '@kubernetes/client-node';

import type { Cluster } from '../rig/cluster.js';
import type { Application } from './applications.js';

/** Name of an object → what people and controllers have asked of it: everything but its status and bookkeeping. */
export type Wishes = Readonly<Record<string, unknown>>;

/** Every object that these Applications manage, as it stands; what changes by itself (status, versions) is left out. */
export async function wishesOf(cluster: Cluster, apps: readonly Application[]): Promise<Wishes> {
  const managed = apps.flatMap(({ status }) => status?.resources ?? []);
  const kinds = [...new Set(managed.map(({ kind, group = '' }) => (group === '' ? kind : `${kind}.${group}`)))];
  const wanted = new Set(managed.map(({ kind, namespace, name }) => nameOf(kind, namespace, name)));
  const lists = await Promise.all(kinds.map((kind) => cluster.get(kindOf(kind), '--all-namespaces')));
  const found = lists.flat().map((object): [string, unknown] => {
    const { kind = '', metadata } = object;
    return [nameOf(kind, metadata?.namespace, metadata?.name ?? ''), wishOf(object)];
  });
  return Object.fromEntries(found.filter(([name]) => wanted.has(name)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `Kind.group` with the kind in its plural where only that is served with a group. */
function kindOf(kind: string): string {
  const [name = '', ...group] = kind.toLowerCase().split('.');
  const plural = name.endsWith('y') ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? `${name}es` : `${name}s`;
  return group.length === 0 ? name : [plural, ...group].join('.');
}

function nameOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

interface Metadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

function wishOf(object: KubernetesObject): unknown {
  const wish = object as unknown as Record<string, unknown>;
  const { labels, annotations = {}, finalizers } = (wish['metadata'] ?? {}) as Metadata;
  const kept = Object.entries(annotations).filter(([key]) => !BOOKKEEPING.has(key));
  const others = Object.entries(wish).filter(([field]) => !['metadata', 'status', 'operation'].includes(field));
  return { ...Object.fromEntries(others), labels, finalizers, annotations: Object.fromEntries(kept) };
}

/** Annotations by which controllers keep count. */
const BOOKKEEPING = new Set(['argocd.argoproj.io/refresh', 'autoscaling.alpha.kubernetes.io/conditions']);
