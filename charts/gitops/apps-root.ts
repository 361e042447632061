import type { Chart } from 'cdk8s';
import type { OwnedObject } from '../../src/model/kube-object.js';
import {
  appKinds,
  controlledKinds,
  distinctKinds,
  groupKindOf,
  type GroupKind,
} from '../../src/model/project-kinds.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { addApplication, gitSource } from './application.js';
import { appsProject, renderedPath } from './names.js';
import { addProject } from './project.js';

/**
 * What the root `apps` reads: an Application per app, and an AppProject per namespace of apps. No waves among the Applications: a
 * sick app must not hold back another.
 */
export function addAppsRoot(chart: Chart, cluster: ResolvedCluster, rendered: readonly OwnedObject[]): void {
  const namespaceOf = new Map(cluster.apps.map((app) => [app.name, app.namespace]));
  const held = new Map([...namespaceOf.values()].sort().map((namespace): [string, GroupKind[]] => [namespace, []]));
  for (const { owner, object } of rendered) {
    if (owner.kind === 'app') held.get(namespaceOf.get(owner.app) ?? '')?.push(groupKindOf(object));
  }
  for (const [namespace, kinds] of held) {
    addProject(chart, appsProject(namespace), {
      description: `Apps of namespace ${namespace}`,
      repositories: [cluster.gitops.repository],
      namespaces: [namespace],
      clusterKinds: [],
      namespacedKinds: distinctKinds(kinds, appKinds, controlledKinds),
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
