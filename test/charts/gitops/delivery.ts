import type { KubeObject, OwnedObject, Owner } from '../../../src/model/kube-object.js';
import type { ResolvedCluster } from '../../../src/model/resolved.js';
import { renderCluster } from '../../../src/pipeline.js';
import { podinfo, prod, resolvedCluster } from '../../support/repository.js';
import { asList, asMap } from '../../support/workloads.js';
import type { Json } from '../../support/workloads.js';

/** A cluster, what runs on it, and how that is delivered. */
export interface Delivery {
  readonly cluster: ResolvedCluster;
  readonly rendered: readonly OwnedObject[];
  readonly objects: readonly OwnedObject[];
}

export function delivery(
  texts: { readonly cluster?: string; readonly apps?: Readonly<Record<string, string>> } = {},
): Delivery {
  const cluster = resolvedCluster({ apps: { podinfo }, ...texts });
  const { objects } = renderCluster(cluster, []);
  const runs = ({ owner }: OwnedObject) => owner.kind === 'app' || owner.kind === 'platform';
  return { cluster, rendered: objects.filter(runs), objects: objects.filter((owned) => !runs(owned)) };
}

/** The same cluster with more said of it. */
export function prodWith(...lines: readonly string[]): string {
  return prod + lines.map((line) => `${line}\n`).join('');
}

/** An app of that name, and what else its spec says. */
export function appText(name: string, ...lines: readonly string[]): string {
  return podinfo.replace('name: podinfo', `name: ${name}`) + lines.map((line) => `${line}\n`).join('');
}

export function ofOwner(objects: readonly OwnedObject[], kind: Owner['kind']): KubeObject[] {
  return objects.filter(({ owner }) => owner.kind === kind).map(({ object }) => object);
}

export function specOf(object: KubeObject): Json {
  return asMap(object['spec']);
}

/** Kinds of a list of an AppProject, as `group/Kind`. */
export function kindsOf(project: KubeObject, list: string): string[] {
  return asList(specOf(project)[list]).map(({ group, kind }) => `${String(group)}/${String(kind)}`);
}
