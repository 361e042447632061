import { load } from 'js-yaml';
import type { KubeObject } from '../model/kube-object.js';
import type { ResolvedApp, ResolvedCluster } from '../model/resolved.js';
import type { FileChange } from './file-spec.js';

/** The app whose file changes; undefined where it is a component's, or an app's that is no more. */
export function changedApp(clusters: readonly ResolvedCluster[], change: FileChange): ResolvedApp | undefined {
  const cluster = clusters.find(({ name }) => name === change.cluster);
  return cluster?.apps.find(({ name }) => change.owner === `app/${name}`);
}

/** An object of ours as it stood in its file; undefined where somebody has edited it beyond reading. */
export function objectIn(text: string): KubeObject | undefined {
  try {
    const value = load(text) as Partial<KubeObject> | null;
    return value?.kind && value.metadata?.name ? (value as KubeObject) : undefined;
  } catch {
    return undefined;
  }
}
