import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { Specs } from '../spec/schema/specs.js';
import { resolveCluster } from './cluster.js';
import type { Resolved } from './resolved.js';

/** Every default and override in one place: after this few fields are optional, and each has an origin. */
export function resolve(specs: Specs): { readonly resolved: Resolved; readonly diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const unreadable = new Set(specs.unreadableApps);
  const clusters = specs.clusters.flatMap((cluster) => {
    const apps = specs.apps.filter((app) => app.cluster === cluster.value.name);
    const resolved = resolveCluster(cluster, apps, unreadable, diagnostics);
    return resolved === undefined ? [] : [resolved];
  });
  return { resolved: { clusters }, diagnostics };
}
