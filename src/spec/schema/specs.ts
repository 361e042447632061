import type { Position } from '../../diagnostic/diagnostic.js';
import type { Located } from '../../diagnostic/located.js';
import type { AppSpec } from './app.js';
import type { ClusterSpec } from './cluster.js';

/** An object of a raw manifest that an app names under `manifests:`. */
export interface ManifestObject {
  readonly object: Readonly<Record<string, unknown>>;
  readonly at: Position;
}

/** One app on one cluster: its base spec with that cluster's overrides merged in. */
export interface AppOnCluster {
  readonly cluster: string;
  readonly spec: Located<AppSpec>;
  /** What the files under `manifests:` hold. */
  readonly manifests: readonly { readonly path: string; readonly objects: readonly ManifestObject[] }[];
}

/** Everything that people wrote, checked by itself and against each other: after this nothing is `unknown`. */
export interface Specs {
  /** Sorted by name. */
  readonly clusters: readonly Located<ClusterSpec>[];
  /** Sorted by cluster, then by app. Only apps whose cluster exists. */
  readonly apps: readonly AppOnCluster[];
  /** Names (file stems) of apps with errors of their own: a reference to one is not a second mistake. */
  readonly unreadableApps: readonly string[];
}
