import type { Chart } from 'cdk8s';
import type { KubeObject, OwnedObject } from '../../src/model/kube-object.js';
import { controlledKinds, distinctKinds, groupKindOf } from '../../src/model/project-kinds.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import {
  loadBalancerClusterKinds,
  loadBalancerNamespace,
  loadBalancerNamespacedKinds,
} from './load-balancer-controller.js';
import { namespacesProject, platformProject } from './names.js';
import { destinationNamespaces } from './platform-root.js';
import { addProject } from './project.js';

/**
 * AppProjects of the platform's components. They lie beside the components' Applications, one wave before them: an ingress that brings
 * the first Load Balancer Controller brings its permission in the same sync, not in that of Argo CD itself.
 */
export function addPlatformProjects(chart: Chart, cluster: ResolvedCluster, rendered: readonly OwnedObject[]): void {
  addNamespacesProject(chart, cluster, rendered);
  addControllersProject(chart, cluster, rendered);
}

/**
 * Namespaces and their quotas, apart: the one component that reaches into the namespaces of apps, and there it may write quotas alone.
 * Where none has a quota today, too: Argo CD does not see, and so does not prune, what its project forbids, and a quota that was taken
 * out of the spec would go on refusing pods.
 */
function addNamespacesProject(chart: Chart, cluster: ResolvedCluster, rendered: readonly OwnedObject[]): void {
  const objects = rendered
    .filter(({ owner }) => owner.kind === 'platform' && owner.component === 'namespaces')
    .map(({ object }) => object);
  const rendersNamespaces = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  addProject(chart, namespacesProject, {
    description: 'Namespaces and their quotas',
    repositories: [cluster.gitops.repository],
    namespaces: distinct([...destinationNamespaces(rendered, ['namespaces']), ...rendersNamespaces]),
    clusterKinds: distinctKinds(objects.filter(isClusterScoped).map(groupKindOf)),
    namespacedKinds: distinctKinds(objects.filter(isNamespaced).map(groupKindOf), [
      { group: '', kind: 'ResourceQuota' },
    ]),
  });
}

/** Every other component: the kinds and namespaces that it holds, and those of the one that comes as a chart. */
function addControllersProject(chart: Chart, cluster: ResolvedCluster, rendered: readonly OwnedObject[]): void {
  const owned = rendered.filter(({ owner }) => owner.kind === 'platform' && owner.component !== 'namespaces');
  const objects = owned.map(({ object }) => object);
  const components = owned.flatMap(({ owner }) => (owner.kind === 'platform' ? [owner.component] : []));
  const withChart = cluster.features.loadBalancerController;
  addProject(chart, platformProject, {
    description: 'Components of the platform',
    repositories: [
      cluster.gitops.repository,
      ...(withChart ? [cluster.components.loadBalancerControllerChart.repository] : []),
    ],
    namespaces: distinct([
      ...destinationNamespaces(rendered, components),
      ...objects.flatMap(({ metadata }) => metadata.namespace ?? []),
      ...(withChart ? [loadBalancerNamespace] : []),
    ]),
    clusterKinds: distinctKinds(
      objects.filter(isClusterScoped).map(groupKindOf),
      withChart ? loadBalancerClusterKinds : [],
    ),
    namespacedKinds: distinctKinds(
      objects.filter(isNamespaced).map(groupKindOf),
      withChart ? loadBalancerNamespacedKinds : [],
      controlledKinds,
    ),
  });
}

function isClusterScoped({ metadata }: KubeObject): boolean {
  return metadata.namespace === undefined;
}

function isNamespaced({ metadata }: KubeObject): boolean {
  return metadata.namespace !== undefined;
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
