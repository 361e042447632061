import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import type { PortBook } from './ports.js';
import type { ResolvedProbe } from './resolved.js';
import { durationSeconds } from './units.js';

type HealthSpec = Exclude<NonNullable<AppSpec['health']>, string>;
export type ProbeSpec = NonNullable<HealthSpec['readiness']>;
export type ProbeRole = 'readiness' | 'liveness' | 'startup';

/**
 * Kubernetes' own period is 10 s and its threshold 3; readiness is asked more often, so that a pod that cannot serve leaves
 * its Service within 15 s, and startup is given five minutes.
 */
const period: Record<ProbeRole, string> = { readiness: '5s', liveness: '10s', startup: '10s' };
const failureThreshold: Record<ProbeRole, number> = { readiness: 3, liveness: 3, startup: 30 };

function handler(
  spec: Exclude<ProbeSpec, string>,
  path: string,
  ports: PortBook,
): ResolvedProbe['handler'] | undefined {
  if ('exec' in spec) return { kind: 'exec', command: spec.exec };
  if ('grpc' in spec) {
    const port = ports.find(spec.grpc.port, `${path}.grpc.port`);
    if (port === undefined) return undefined;
    return {
      kind: 'grpc',
      port: port.port,
      ...(spec.grpc.service === undefined ? {} : { service: spec.grpc.service }),
    };
  }
  if ('tcp' in spec) {
    const port = ports.find(spec.tcp.port, `${path}.tcp.port`);
    return port && { kind: 'tcp', port: port.name };
  }
  const http = typeof spec.http === 'string' ? { path: spec.http } : spec.http;
  const port = ports.find(http.port, `${path}.http.port`);
  if (port === undefined) return undefined;
  return {
    kind: 'http',
    path: http.path,
    port: port.name,
    scheme: http.scheme ?? 'HTTP',
    headers: Object.entries(http.headers ?? {}).map(([name, value]) => ({ name, value: String(value) })),
  };
}

/** A probe with its timing; undefined after a diagnostic about its port. */
export function resolveProbe(
  fields: Fields,
  role: ProbeRole,
  spec: ProbeSpec,
  path: string,
  ports: PortBook,
): ResolvedProbe | undefined {
  const probe = typeof spec === 'string' ? { http: spec } : spec;
  const found = handler(probe, path, ports);
  if (found === undefined) return undefined;
  const seconds = (name: 'initialDelay' | 'period' | 'timeout', standing: string) =>
    durationSeconds(fields.value(`${path}.${name}`, probe[name], standing));
  return {
    handler: found,
    initialDelaySeconds: seconds('initialDelay', '0s'),
    periodSeconds: seconds('period', period[role]),
    timeoutSeconds: seconds('timeout', found.kind === 'exec' ? '5s' : '1s'),
    failureThreshold: fields.value(`${path}.failureThreshold`, probe.failureThreshold, failureThreshold[role]),
    successThreshold: fields.value(`${path}.successThreshold`, probe.successThreshold),
  };
}

/** The app's three probes; a path alone serves readiness and liveness. */
export function resolveHealth(
  fields: Fields,
  health: AppSpec['health'],
  ports: PortBook,
): Partial<Record<ProbeRole, ResolvedProbe>> {
  if (health === undefined) return {};
  const specs: Partial<Record<ProbeRole, ProbeSpec | undefined>> =
    typeof health === 'string' ? { readiness: health, liveness: health } : health;
  const resolved: Partial<Record<ProbeRole, ResolvedProbe>> = {};
  for (const role of ['readiness', 'liveness', 'startup'] as const) {
    const spec = specs[role];
    const path = `health.${role}`;
    if (spec === undefined) continue;
    fields.value(path, spec);
    const probe = resolveProbe(fields, role, spec, path, ports);
    if (probe !== undefined) resolved[role] = probe;
  }
  return resolved;
}
