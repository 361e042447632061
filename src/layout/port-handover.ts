import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { KubeObject } from '../model/kube-object.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { changedApp, objectIn } from './changed-app.js';
import type { FileChange } from './file-spec.js';

type ServicePorts = readonly { readonly port: number; readonly targetPort?: number | string }[];

/**
 * A warning for each port of a Service that leads to containers' ports of another name than before.
 *
 * A Service finds the port of each pod by name (targetPort), so that the moment it asks for the new name no old pod is behind it any more,
 * and there is nobody until the first new pod is ready (getEndpointPorts in utils.go of k8s.io/endpointslice v0.35.4). Callers' NetworkPolicies name
 * the port, too, and come with other Applications, at other moments. A port's number may change: pods say theirs.
 */
export function portHandovers(clusters: readonly ResolvedCluster[], changes: readonly FileChange[]): Diagnostic[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'update' || !/\.Service-[^/]+$/.test(change.path)) return [];
    const app = changedApp(clusters, change);
    const service = objectIn(change.after);
    // The app's own Service: that of the canary alone has nobody but its analysis to ask.
    if (!app || service?.metadata.name !== app.name) return [];
    const at = app.provenance.at('ports');
    const before = new Map(namedTargets(objectIn(change.before)));
    return namedTargets(service).flatMap(([port, name]): Diagnostic[] => {
      const old = before.get(port);
      if (old === undefined || old === name) return [];
      return [
        {
          code: 'port-handover',
          severity: 'warning',
          message:
            `port ${port} of ${app.name} on ${change.cluster} is called ${name} and no longer ${old}: if it runs already, ` +
            'its Service has nobody behind it from the merge until the first new pod is ready',
          hint: `keep the name ${old}; what a port speaks can be said by appProtocol`,
          at,
        },
      ];
    });
  });
}

function namedTargets(service: KubeObject | undefined): (readonly [number, string])[] {
  const { ports = [] } = (service?.['spec'] ?? {}) as { readonly ports?: ServicePorts };
  return ports.flatMap(({ port, targetPort }) => (typeof targetPort === 'string' ? [[port, targetPort] as const] : []));
}
