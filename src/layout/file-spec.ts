import type { Owner } from '../model/kube-object.js';

/** Whose a rendered file is: a part of the cluster, the ClusterConfig, or the list of rendered files itself. */
export type FileOwner = Owner | { readonly kind: 'eksctl' } | { readonly kind: 'index' };

/** A file as it should stand on disk. */
export interface FileSpec {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string;
  readonly cluster: string;
  readonly owner: FileOwner;
  readonly text: string;
}

/** The difference between a FileSpec and the disk. */
export type FileChange = { readonly path: string; readonly cluster: string; readonly owner: string } & (
  | { readonly kind: 'create'; readonly after: string }
  | { readonly kind: 'update'; readonly before: string; readonly after: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'unchanged' }
);

/** An owner in one word, as index.json and the summary of changes write it: `app/podinfo`, `platform/storage`, `eksctl`. */
export function ownerName(owner: FileOwner): string {
  switch (owner.kind) {
    case 'app':
      return `app/${owner.app}`;
    case 'platform':
      return `platform/${owner.component}`;
    case 'bootstrap':
    case 'argocd':
    case 'apps-root':
    case 'eksctl':
    case 'index':
      return owner.kind;
  }
}

/** Folder of everything that is rendered for a cluster. */
export function clusterFolder(cluster: string): string {
  return `dist/${cluster}`;
}

/** The list of a cluster's rendered files; it lies in no folder that Argo CD reads. */
export function indexPath(cluster: string): string {
  return `${clusterFolder(cluster)}/index.json`;
}

/** The ClusterConfig that `eksctl create cluster -f` takes. */
export function eksctlPath(cluster: string): string {
  return `eksctl/${cluster}.yaml`;
}
