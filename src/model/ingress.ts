import type { Diagnostic, Position } from '../diagnostic/diagnostic.js';
import type { FieldPath } from '../diagnostic/located.js';
import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import { probes, spokenProtocol, type PortBook } from './ports.js';
import type { ResolvedIngress, ResolvedProbe } from './resolved.js';
import { durationSeconds, durationText } from './units.js';

/**
 * The method of gRPC's own health service (grpc.health.v1), which a grpc probe calls, too. The load balancer sends an empty request,
 * the whole server's health, and judges the call alone: an answer NOT_SERVING passes, but such a pod is not ready and not asked.
 */
const grpcHealthMethod = '/grpc.health.v1.Health/Check';

/** What AWS calls where nothing is said: no server has it, so that "unimplemented" (12) means that one answers. */
const grpcStandingMethod = '/AWS.ALB/healthcheck';

/** The load balancer in front of the app. Undefined without one, or after a diagnostic about its port. */
export function resolveIngress(
  fields: Fields,
  spec: AppSpec,
  ports: PortBook,
  readiness: ResolvedProbe | undefined,
  preStopSeconds: number,
  at: (path: FieldPath) => Position,
  diagnostics: Diagnostic[],
): ResolvedIngress | undefined {
  const { ingress } = spec;
  if (ingress === undefined) return undefined;
  const port = ports.find(ingress.port, 'ingress.port');
  if (port === undefined) return undefined;
  const hosts =
    ingress.hosts === undefined
      ? [fields.value('ingress.host', ingress.host ?? '')]
      : fields.value('ingress.hosts', ingress.hosts);
  const backend = spokenProtocol(port, readiness);
  const certificateArn = fields.optional('ingress.certificateArn', ingress.certificateArn);
  const group = fields.optional('ingress.group', ingress.group);
  const listensElsewhere = ingress.annotations?.['alb.ingress.kubernetes.io/listen-ports'] !== undefined;
  if (backend.version !== 'HTTP1' && certificateArn === undefined && !listensElsewhere) {
    diagnostics.push({
      code: 'ingress-needs-https',
      severity: 'error',
      message: `port ${port.name} speaks ${backend.version === 'GRPC' ? 'gRPC' : 'HTTP/2'}, which an Application Load Balancer passes on from HTTPS alone`,
      hint: 'give the ingress a certificateArn',
      at: at('ingress'),
    });
  }
  const healthCheckPath = fields.value(
    'ingress.healthCheckPath',
    ingress.healthCheckPath,
    standingHealthCheckPath(backend.version, readiness, probes(readiness, port)),
  );
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
    backend,
    healthCheckPath,
    ...(backend.version === 'GRPC'
      ? { healthCheckGrpcCodes: healthCheckPath === grpcStandingMethod ? '12' : '0' }
      : {}),
    deregistrationDelaySeconds: durationSeconds(deregistration),
    annotations: ingress.annotations ?? {},
  };
}

function standingHealthCheckPath(
  version: ResolvedIngress['backend']['version'],
  readiness: ResolvedProbe | undefined,
  samePort: boolean,
): string {
  const kind = readiness?.handler.kind;
  if (version === 'GRPC') return kind === 'grpc' && samePort ? grpcHealthMethod : grpcStandingMethod;
  return readiness?.handler.kind === 'http' ? readiness.handler.path : '/';
}
