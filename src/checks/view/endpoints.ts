import type { ResolvedApp } from '../../model/resolved.js';
import type { ClusterView } from './cluster-view.js';
import type { Endpoint } from './network-policy.js';
import { containerPorts, type PodTemplate } from './pods.js';

export type PodsEndpoint = Extract<Endpoint, { kind: 'pods' }>;

/** The pods of a template as one end of a connection: labels and ports as rendered, patches included. */
export function endpointOf(template: PodTemplate): PodsEndpoint {
  const ports = template.containers
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
