import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { canaryServiceName } from '../../src/model/analysis-target.js';
import type { ResolvedApp, ResolvedPort } from '../../src/model/resolved.js';
import { present } from '../present.js';
import { objectMeta } from './object-meta.js';

/** The Service of an app with ports: all of its pods, in a canary the old and the new. */
export function addService(chart: Chart, app: ResolvedApp): void {
  new k8s.KubeService(chart, 'service', { metadata: objectMeta(app), spec: serviceSpec(app) });
}

/**
 * The Service of the canary alone. The Rollouts controller adds the hash of the newest pods to its selector, so it must never be applied
 * server-side: `spec.selector` is atomic there, and every sync would take the hash out.
 */
export function addCanaryService(chart: Chart, app: ResolvedApp): void {
  new k8s.KubeService(chart, 'canary-service', {
    metadata: objectMeta(app, canaryServiceName(app.name)),
    spec: serviceSpec(app),
  });
}

function serviceSpec(app: ResolvedApp): k8s.ServiceSpec {
  return { type: 'ClusterIP', selector: { ...app.selectorLabels }, ports: app.ports.map(servicePort) };
}

function servicePort({ name, servicePort, protocol, appProtocol }: ResolvedPort): k8s.ServicePort {
  return present<k8s.ServicePort>({
    name,
    port: servicePort,
    // By name: a container's port may change without a moment in which the Service sends to the wrong one.
    targetPort: k8s.IntOrString.fromString(name),
    protocol,
    appProtocol,
  });
}
