import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp, ResolvedIngress } from '../../src/model/resolved.js';
import { present } from '../present.js';
import { objectMeta } from './object-meta.js';

/** The Ingress that the AWS Load Balancer Controller makes an Application Load Balancer of. */
export function addIngress(chart: Chart, app: ResolvedApp, ingress: ResolvedIngress): void {
  const backend = { service: { name: app.name, port: { name: ingress.portName } } };
  const paths = [{ path: ingress.path, pathType: 'Prefix', backend }];
  new k8s.KubeIngress(chart, 'ingress', {
    metadata: objectMeta(app, app.name, { ...loadBalancerAnnotations(ingress), ...ingress.annotations }),
    spec: { ingressClassName: 'alb', rules: ingress.hosts.map((host) => ({ host, http: { paths } })) },
  });
}

/**
 * aws-load-balancer-controller 3.5, docs/guide/ingress/annotations.md. Targets are pods (`ip`), so that a pod's own readiness and
 * termination count and no node stands between.
 */
function loadBalancerAnnotations(ingress: ResolvedIngress): Record<string, string> {
  const { certificateArn, backend } = ingress;
  const listenPorts = certificateArn === undefined ? [{ HTTP: 80 }] : [{ HTTP: 80 }, { HTTPS: 443 }];
  const annotations = present<Record<string, string>>({
    scheme: ingress.scheme,
    'target-type': 'ip',
    'listen-ports': JSON.stringify(listenPorts),
    'certificate-arn': certificateArn,
    'ssl-redirect': certificateArn === undefined ? undefined : '443',
    // The controller's defaults are HTTP and HTTP1. Health checks speak what the targets do, so that only their TLS is said.
    'backend-protocol': backend.tls ? 'HTTPS' : undefined,
    'backend-protocol-version': backend.version === 'HTTP1' ? undefined : backend.version,
    'healthcheck-protocol': backend.tls ? 'HTTPS' : undefined,
    'healthcheck-path': ingress.healthCheckPath,
    'success-codes': ingress.healthCheckGrpcCodes,
    'target-group-attributes': `deregistration_delay.timeout_seconds=${ingress.deregistrationDelaySeconds}`,
    'group.name': ingress.group,
  });
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [`alb.ingress.kubernetes.io/${name}`, value]),
  );
}
