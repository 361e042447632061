import type { Chart } from 'cdk8s';
import { appsRootApplication, componentApplication } from '../../src/model/application-names.js';
import { platformComponents } from '../../src/model/kube-object.js';
import type { OwnedObject, PlatformComponent } from '../../src/model/kube-object.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { addApplication, gitSource } from './application.js';
import { addLoadBalancerController } from './load-balancer-controller.js';
import { argoCdNamespace, namespacesProject, platformProject, renderedPath, rootsProject } from './names.js';

/** The order of a new cluster: what others stand in or mount, then the controllers, each with its CRDs, then the apps. */
const waves = { foundations: 0, controllers: 1, apps: 2 } as const;

const componentWaves = {
  namespaces: waves.foundations,
  storage: waves.foundations,
  'metrics-server': waves.controllers,
  'cluster-autoscaler': waves.controllers,
  'node-termination-handler': waves.controllers,
  'argo-rollouts': waves.controllers,
} as const satisfies Record<PlatformComponent, number>;

/** Where a component without a namespace of its own is said to go; AppProjects always ask. */
const fallbackNamespace = 'kube-system';

/**
 * What the root `platform` reads: an Application per component in waves, the root of the apps as the last. Its waves wait for health
 * (the strict check in bootstrap/), so one sick component holds back the apps of a new cluster, never those of a running one.
 *
 * None of them takes its objects along when it is deleted: a platform is never removed by accident.
 */
export function addPlatformRoot(chart: Chart, cluster: ResolvedCluster, rendered: readonly OwnedObject[]): void {
  for (const component of platformComponents) {
    const objects = componentObjects(rendered, component);
    if (objects.length === 0) continue;
    addApplication(chart, componentApplication(component), {
      project: component === 'namespaces' ? namespacesProject : platformProject,
      source: gitSource(cluster, renderedPath(cluster, `platform/${component}`)),
      namespace: componentNamespace(component, objects),
      wave: componentWaves[component],
      prune: true,
    });
  }
  if (cluster.features.loadBalancerController) addLoadBalancerController(chart, cluster, waves.controllers);
  // Without an app there is no folder, and an Application on a missing folder never becomes healthy.
  if (cluster.apps.length === 0) return;
  addApplication(chart, appsRootApplication, {
    project: rootsProject,
    source: gitSource(cluster, renderedPath(cluster, 'argocd/apps')),
    namespace: argoCdNamespace,
    wave: waves.apps,
    prune: true,
  });
}

/** The objects of one component. */
export function componentObjects(rendered: readonly OwnedObject[], component: PlatformComponent): OwnedObject[] {
  return rendered.filter(({ owner }) => owner.kind === 'platform' && owner.component === component);
}

/** The namespaces that the Applications of these components name as their destination. */
export function destinationNamespaces(
  rendered: readonly OwnedObject[],
  components: readonly PlatformComponent[],
): string[] {
  return components.map((component) => componentNamespace(component, componentObjects(rendered, component)));
}

function componentNamespace(component: PlatformComponent, objects: readonly OwnedObject[]): string {
  // Quotas lie in the namespaces of apps: none of them is the component's own.
  if (component === 'namespaces') return fallbackNamespace;
  const workload = objects.find(({ object }) => object.apiVersion === 'apps/v1') ?? objects[0];
  return workload?.object.metadata.namespace ?? fallbackNamespace;
}
