import type { Chart } from 'cdk8s';
import type { OwnedObject } from '../../src/model/kube-object.js';
import { appKinds, controlledKinds, distinctKinds, groupKindOf } from '../../src/model/project-kinds.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { addApplication, gitSource } from './application.js';
import { appsProject, renderedPath } from './names.js';
import { addProject } from './project.js';

/**
 * What the root `apps` reads: an Application per app, and an AppProject per namespace of apps. No waves among the Applications: a
 * sick app must not hold back another.
 */
export function addAppsRoot(chart: Chart, cluster: ResolvedCluster, rendered: readonly OwnedObject[]): void {
  const namespaces = [...new Set(cluster.apps.map((app) => app.namespace))].sort();
  for (const namespace of namespaces) {
    const names = new Set(cluster.apps.filter((app) => app.namespace === namespace).map((app) => app.name));
    const held = rendered
      .filter(({ owner }) => owner.kind === 'app' && names.has(owner.app))
      .map(({ object }) => groupKindOf(object));
    addProject(chart, appsProject(namespace), {
      description: `Apps of namespace ${namespace}`,
      repositories: [cluster.gitops.repository],
      namespaces: [namespace],
      clusterKinds: [],
      namespacedKinds: distinctKinds(held, appKinds, controlledKinds),
      outlivesApplications: true,
    });
  }
  for (const app of cluster.apps) {
    addApplication(chart, app.name, {
      project: appsProject(app.namespace),
      source: gitSource(cluster, renderedPath(cluster, `apps/${app.name}`)),
      namespace: app.namespace,
      prune: true,
      // An app that leaves the specs leaves the cluster, too.
      deleteWithObjects: true,
    });
  }
}
