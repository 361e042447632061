import { createHash } from 'node:crypto';
import type { KubeObject } from '../model/kube-object.js';

/** NAME_MAX of ext4, APFS and NTFS is 255; room for `.yaml`, a hash and a number. */
const maximumStem = 230;

/**
 * The names of the objects of one folder, in their order: `[<namespace>.]<Kind>-<name>.yaml`, with the API group after the kind
 * where two would meet, then a hash of the whole identity. Names meet without regard to case, as they do on macOS and Windows.
 * Which names meet depends on the folder's objects alone, never on their order.
 */
export function fileNames(objects: readonly KubeObject[]): string[] {
  const identities = objects.map(identity);
  // The same object twice is an error that a check reports; here each of the two still has its file.
  const seen = new Map<string, number>();
  const repeats = identities.map((id) => {
    const before = seen.get(id) ?? 0;
    seen.set(id, before + 1);
    return before;
  });
  const stems = objects.map((object) => stem(object, false));
  for (const clash of clashes(stems, identities)) for (const i of clash) stems[i] = stem(at(objects, i), true);
  for (const clash of clashes(stems, identities)) {
    for (const i of clash) stems[i] = `${at(stems, i)}-${shortHash(at(identities, i))}`;
  }
  return stems.map((name, i) => `${name}${repeats[i] ? `.${repeats[i] + 1}` : ''}.yaml`);
}

function stem(object: KubeObject, withGroup: boolean): string {
  // kustomize looks for this name.
  if (object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.config.k8s.io/'))
    return 'kustomization';
  const { namespace, name } = object.metadata;
  const group = apiGroup(object);
  const kind = withGroup && group ? `${object.kind}.${group}` : object.kind;
  const full = `${namespace ? `${safe(namespace)}.` : ''}${safe(kind)}-${safe(name)}`.replace(/^\./, '-');
  return full.length <= maximumStem ? full : `${full.slice(0, maximumStem - 9)}-${shortHash(identity(object))}`;
}

/** Places of different objects whose names are one name to some file system. */
function clashes(stems: readonly string[], identities: readonly string[]): number[][] {
  const places = new Map<string, number[]>();
  stems.forEach((name, i) => {
    const key = name.toLowerCase();
    const there = places.get(key);
    if (there) there.push(i);
    else places.set(key, [i]);
  });
  return [...places.values()].filter((there) => new Set(there.map((i) => identities[i])).size > 1);
}

/** RBAC names hold colons (`system:metrics-server`), which Windows and some Git clients refuse; raw manifests hold anything. */
function safe(part: string): string {
  return part.replaceAll(/[^A-Za-z0-9._-]/g, '-');
}

function apiGroup(object: KubeObject): string {
  return object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : '';
}

function identity(object: KubeObject): string {
  return [apiGroup(object), object.kind, object.metadata.namespace ?? '', object.metadata.name].join('\n');
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function at<T>(list: readonly T[], i: number): T {
  return list[i] as T;
}
