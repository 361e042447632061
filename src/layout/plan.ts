import type { KubeObject, OwnedObject, Owner } from '../model/kube-object.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { emitObject } from './emit.js';
import { fileNames } from './file-name.js';
import { clusterFolder, eksctlPath } from './file-spec.js';
import type { FileSpec } from './file-spec.js';
import { indexFile } from './index-file.js';

/**
 * Every file of one cluster, sorted by path: one object a file below dist/<cluster>/, the ClusterConfig, and index.json. The same
 * objects give the same files whatever their order.
 */
export function planFiles(
  cluster: ResolvedCluster,
  objects: readonly OwnedObject[],
  clusterConfig: Readonly<Record<string, unknown>>,
): FileSpec[] {
  const files = objectFiles(cluster, objects);
  files.push({
    path: eksctlPath(cluster.name),
    cluster: cluster.name,
    owner: { kind: 'eksctl' },
    text: emitObject(clusterConfig, cluster.provenance.at([]).file),
  });
  files.push(indexFile(cluster.name, files));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The files of one app on a cluster alone: the bytes that `planFiles` gives them, without making those of everybody else. */
export function planAppFiles(cluster: ResolvedCluster, objects: readonly OwnedObject[], app: string): FileSpec[] {
  const own = objects.filter(({ owner }) => owner.kind === 'app' && owner.app === app);
  return objectFiles(cluster, own).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function objectFiles(cluster: ResolvedCluster, objects: readonly OwnedObject[]): FileSpec[] {
  const clusterFile = cluster.provenance.at([]).file;
  const specFiles = new Map(cluster.apps.map((app) => [app.name, app.provenance.at('name').file]));

  const files: FileSpec[] = [];
  for (const [folder, owned] of byFolder(cluster.name, objects)) {
    const names = fileNames(owned.map(({ object }) => object));
    owned.forEach(({ owner, object }, i) => {
      const specFile = (owner.kind === 'app' ? specFiles.get(owner.app) : undefined) ?? clusterFile;
      const path = `${folder}/${names[i] ?? ''}`;
      files.push({ path, cluster: cluster.name, owner, text: emitObject(object, specFile) });
    });
  }
  return files;
}

/** Folder of an owner's objects: what its Argo CD Application reads. */
export function ownerFolder(cluster: string, owner: Owner): string {
  const base = clusterFolder(cluster);
  switch (owner.kind) {
    case 'bootstrap':
      return `${base}/bootstrap`;
    case 'argocd':
      return `${base}/argocd`;
    case 'apps-root':
      return `${base}/argocd/apps`;
    case 'platform':
      return `${base}/platform/${owner.component}`;
    case 'app':
      return `${base}/apps/${owner.app}`;
  }
}

/** Objects by folder. Two copies of one object are put in order by their text, so that their files do not depend on it either. */
function byFolder(cluster: string, objects: readonly OwnedObject[]): Map<string, OwnedObject[]> {
  const folders = new Map<string, OwnedObject[]>();
  for (const owned of objects) {
    const folder = ownerFolder(cluster, owned.owner);
    const there = folders.get(folder);
    if (there) there.push(owned);
    else folders.set(folder, [owned]);
  }
  for (const owned of folders.values())
    if (hasTwins(owned)) owned.sort((a, b) => (JSON.stringify(a.object) < JSON.stringify(b.object) ? -1 : 1));
  return folders;
}

function hasTwins(owned: readonly OwnedObject[]): boolean {
  const key = ({ apiVersion, kind, metadata }: KubeObject) =>
    [apiVersion, kind, metadata.namespace, metadata.name].join('\n');
  return new Set(owned.map(({ object }) => key(object))).size < owned.length;
}
