import type { OwnedObject } from '../src/model/kube-object.js';
import type { ResolvedCluster } from '../src/model/resolved.js';
import { appObjects } from './app/app.js';
import { platformObjects } from './platform/platform.js';

/**
 * Everything that runs on a cluster, each object with its owner: the components of the platform, then the apps, before their patches
 * and raw manifests. How it gets there (charts/gitops) is decided after those, as AppProjects allow what is really there.
 */
export function workloadObjects(cluster: ResolvedCluster): OwnedObject[] {
  const platform = platformObjects(cluster).flatMap(({ component, objects }) =>
    objects.map((object): OwnedObject => ({ owner: { kind: 'platform', component }, object })),
  );
  const apps = cluster.apps.flatMap((app) =>
    appObjects(cluster, app).map((object): OwnedObject => ({ owner: { kind: 'app', app: app.name }, object })),
  );
  return [...platform, ...apps];
}
