import type { KubeObject, PlatformComponent } from '../../src/model/kube-object.js';
import { platformComponents } from '../../src/model/kube-object.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { argoRolloutsObjects } from './argo-rollouts.js';
import { clusterAutoscalerObjects } from './cluster-autoscaler.js';
import { metricsServerObjects } from './metrics-server.js';
import { namespaceObjects } from './namespaces.js';
import { nodeTerminationHandlerObjects } from './node-termination-handler.js';
import { storageObjects } from './storage.js';

/** One component of the platform on one cluster: a folder in dist/, an Application in Argo CD. */
export interface PlatformPart {
  readonly component: PlatformComponent;
  readonly objects: KubeObject[];
}

/** The components that the cluster has, in the order of platformComponents, each with its objects. */
export function platformObjects(cluster: ResolvedCluster): PlatformPart[] {
  return platformComponents
    .filter((component) => has(cluster, component))
    .map((component) => ({ component, objects: render[component](cluster) }));
}

function has({ features }: ResolvedCluster, component: PlatformComponent): boolean {
  switch (component) {
    case 'storage':
      return features.ebs;
    case 'node-termination-handler':
      return features.nodeTerminationHandler;
    case 'namespaces':
    case 'metrics-server':
    case 'cluster-autoscaler':
    case 'argo-rollouts':
      return true;
  }
}

const render: Record<PlatformComponent, (cluster: ResolvedCluster) => KubeObject[]> = {
  namespaces: namespaceObjects,
  storage: storageObjects,
  'metrics-server': metricsServerObjects,
  'cluster-autoscaler': clusterAutoscalerObjects,
  'node-termination-handler': nodeTerminationHandlerObjects,
  'argo-rollouts': argoRolloutsObjects,
};
