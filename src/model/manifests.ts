import { kindScope } from '../facts/kubernetes-api.js';
import type { KubeObject } from './kube-object.js';
import type { ResolvedApp, ResolvedCluster } from './resolved.js';

/**
 * The app's objects with those of its raw manifests behind them. A namespaced object without a namespace gets the app's,
 * as `kubectl apply -n` would do; kinds that Kubernetes does not know are custom resources and taken as namespaced.
 */
export function addOwnManifests(
  cluster: Pick<ResolvedCluster, 'kubernetesVersion'>,
  app: ResolvedApp,
  rendered: readonly KubeObject[],
): KubeObject[] {
  const own = app.manifests.flatMap(({ objects }) =>
    objects.map(({ object }) => {
      // The spec room lets only objects with apiVersion, kind and metadata.name through.
      const manifest = object as KubeObject;
      const scope = kindScope(cluster.kubernetesVersion, `${manifest.apiVersion}/${manifest.kind}`);
      if (scope === 'Cluster' || manifest.metadata.namespace !== undefined) return manifest;
      return { ...manifest, metadata: { ...manifest.metadata, namespace: app.namespace } };
    }),
  );
  return [...rendered, ...own];
}
