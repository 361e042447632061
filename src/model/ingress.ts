import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import type { PortBook } from './ports.js';
import type { ResolvedIngress, ResolvedProbe } from './resolved.js';
import { durationSeconds, durationText } from './units.js';

/** The load balancer in front of the app. Undefined without one, or after a diagnostic about its port. */
export function resolveIngress(
  fields: Fields,
  spec: AppSpec,
  ports: PortBook,
  readiness: ResolvedProbe | undefined,
  preStopSeconds: number,
): ResolvedIngress | undefined {
  const { ingress } = spec;
  if (ingress === undefined) return undefined;
  const port = ports.find(ingress.port, 'ingress.port');
  if (port === undefined) return undefined;
  const hosts =
    ingress.hosts === undefined
      ? [fields.value('ingress.host', ingress.host ?? '')]
      : fields.value('ingress.hosts', ingress.hosts);
  const readinessPath = readiness?.handler.kind === 'http' ? readiness.handler.path : '/';
  const certificateArn = fields.optional('ingress.certificateArn', ingress.certificateArn);
  const group = fields.optional('ingress.group', ingress.group);
  // The load balancer must have let go of the pod while the pod still sleeps.
  const deregistration = fields.value(
    'ingress.deregistrationDelay',
    ingress.deregistrationDelay,
    durationText(Math.max(5, preStopSeconds - 5)),
  );
  return {
    hosts,
    path: fields.value('ingress.path', ingress.path),
    servicePort: port.servicePort,
    containerPort: port.port,
    portName: port.name,
    ...(certificateArn === undefined ? {} : { certificateArn }),
    scheme: fields.value('ingress.scheme', ingress.scheme),
    ...(group === undefined ? {} : { group }),
    healthCheckPath: fields.value('ingress.healthCheckPath', ingress.healthCheckPath, readinessPath),
    deregistrationDelaySeconds: durationSeconds(deregistration),
    annotations: ingress.annotations ?? {},
  };
}
