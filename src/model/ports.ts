import type { Diagnostic, Position } from '../diagnostic/diagnostic.js';
import type { FieldPath } from '../diagnostic/located.js';
import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import type { ResolvedPort, ResolvedProbe } from './resolved.js';

/** The app's ports; `port: 8080` is one port named http. */
export function resolvePorts(fields: Fields, spec: AppSpec): ResolvedPort[] {
  if (spec.port !== undefined) {
    const port = fields.value('port', spec.port);
    return [{ name: 'http', port, servicePort: port, protocol: 'TCP' }];
  }
  return (spec.ports ?? []).map((port, index) => ({
    name: fields.value(`ports.${index}.name`, port.name),
    port: fields.value(`ports.${index}.port`, port.port),
    servicePort: fields.value(`ports.${index}.servicePort`, port.servicePort, port.port),
    protocol: fields.value(`ports.${index}.protocol`, port.protocol),
    ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
  }));
}

/** What a port speaks, as far as a load balancer or a client must know. */
export interface SpokenProtocol {
  readonly version: 'HTTP1' | 'HTTP2' | 'GRPC';
  readonly tls: boolean;
}

/**
 * What the port speaks, by what its spec says of it: the readiness probe on it, its appProtocol (Kubernetes' own names and the common
 * bare ones), else its name. A probe of gRPC says more than `kubernetes.io/h2c`, on which gRPC runs, and a name says least.
 */
export function spokenProtocol(port: ResolvedPort, readiness: ResolvedProbe | undefined): SpokenProtocol {
  const appProtocol = port.appProtocol?.toLowerCase().replace(/^kubernetes\.io\//, '');
  const handler = probes(readiness, port) ? readiness?.handler : undefined;
  const tls = (handler?.kind === 'http' && handler.scheme === 'HTTPS') || /^(https|wss|grpcs)$/.test(appProtocol ?? '');
  if (handler?.kind === 'grpc' || /^grpcs?$/.test(appProtocol ?? '')) return { version: 'GRPC', tls };
  if (appProtocol === undefined && /^grpc(?!-?web)/.test(port.name)) return { version: 'GRPC', tls };
  return { version: appProtocol === 'h2c' || appProtocol === 'http2' ? 'HTTP2' : 'HTTP1', tls };
}

/** Whether the probe asks this port. */
export function probes(probe: ResolvedProbe | undefined, { name, port }: ResolvedPort): boolean {
  const handler = probe?.handler;
  return handler !== undefined && handler.kind !== 'exec' && (handler.port === name || handler.port === port);
}

/** Finds ports by name or number; what is not found is a diagnostic at the reference. */
export class PortBook {
  constructor(
    private readonly ports: readonly ResolvedPort[],
    private readonly owner: string,
    private readonly at: (path: FieldPath) => Position,
    private readonly diagnostics: Diagnostic[],
  ) {}

  /** The port that `reference` means; the first one where it is left out. Undefined after a diagnostic. */
  find(reference: string | number | undefined, path: FieldPath): ResolvedPort | undefined {
    const first = this.ports[0];
    if (reference === undefined && first !== undefined) return first;
    const found = this.ports.find(
      (port) => port.name === reference || port.port === reference || port.servicePort === reference,
    );
    if (found !== undefined) return found;
    const known = this.ports.map((port) => `${port.name} (${port.port})`).join(', ');
    this.diagnostics.push({
      code: 'unknown-port',
      severity: 'error',
      message:
        reference === undefined
          ? `${this.owner} has no port that this could mean`
          : `${this.owner} has no port ${JSON.stringify(reference)}`,
      hint: known === '' ? 'give the app a `port` or `ports`' : `name one of its ports: ${known}`,
      at: this.at(path),
    });
    return undefined;
  }
}
