import type { ResolvedApp } from '../../model/resolved.js';
import type { ClusterView } from './cluster-view.js';
import type { PodsEndpoint } from './network-policy.js';
import { containerPorts, type PodTemplate } from './pods.js';

/**
 * The pods of a template as one end of a connection: labels and ports as rendered, patches included. A policy may name the ports of
 * containers proper: Amazon's controller does not look at init containers, which sidecars are (LookupContainerPortAndName in
 * pkg/k8s/pod_utils.go of aws/amazon-network-policy-controller-k8s v1.1.7).
 */
export function endpointOf(template: PodTemplate): PodsEndpoint {
  const ports = template.containers
    .filter(({ role }) => role === 'main')
    .flatMap(containerPorts)
    .flatMap(({ name, port }) => (name === undefined ? [] : [[name, port] as const]));
  return {
    kind: 'pods',
    namespace: template.namespace,
    labels: template.labels,
    ports: Object.fromEntries(ports),
  };
}

/** The template of an app's own pods: not of its analyses, nor of its manifests. */
export function ownTemplate(view: ClusterView, app: ResolvedApp): PodTemplate | undefined {
  return view
    .templatesIn(app.namespace)
    .find(({ owned, purpose }) => view.appOf(owned) === app && purpose !== 'analysis' && !view.isRaw(owned));
}
