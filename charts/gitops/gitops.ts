import type { KubeObject, OwnedObject, Owner } from '../../src/model/kube-object.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { chartObjects } from '../chart.js';
import { addAppsRoot } from './apps-root.js';
import { addBootstrap } from './bootstrap.js';
import { argoCdKustomization } from './kustomization.js';
import { addPlatformProjects } from './platform-projects.js';
import { addPlatformRoot } from './platform-root.js';

/**
 * How a cluster gets its objects: Argo CD itself (bootstrap/), the root of the platform and that of the apps, with AppProjects that allow
 * what `rendered` holds. `rendered` is everything else of the cluster: components, and apps with their patches and manifests.
 */
export function gitopsObjects(cluster: ResolvedCluster, rendered: readonly OwnedObject[]): OwnedObject[] {
  const bootstrap = chartObjects('bootstrap', (chart) => {
    addBootstrap(chart, cluster);
  });
  const platformRoot = chartObjects('argocd', (chart) => {
    addPlatformProjects(chart, cluster, rendered);
    addPlatformRoot(chart, cluster, rendered);
  });
  const appsRoot = chartObjects('apps-root', (chart) => {
    addAppsRoot(chart, cluster, rendered);
  });
  return [
    ...owned({ kind: 'bootstrap' }, [argoCdKustomization(cluster, bootstrap), ...bootstrap]),
    ...owned({ kind: 'argocd' }, platformRoot),
    ...owned({ kind: 'apps-root' }, appsRoot),
  ];
}

function owned(owner: Owner, objects: readonly KubeObject[]): OwnedObject[] {
  return objects.map((object) => ({ owner, object }));
}
