import type { FieldPath } from '../diagnostic/located.js';
import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import { PortBook } from './ports.js';
import { resolveProbe } from './probes.js';
import type { ResolvedContainer, ResolvedEnv, ResolvedPort, ResolvedResources } from './resolved.js';
import type { Diagnostic, Position } from '../diagnostic/diagnostic.js';
import { cpuQuantity, memoryQuantity } from './units.js';

export type ExtraContainerSpec = NonNullable<AppSpec['sidecars']>[number];
type EnvSpec = NonNullable<AppSpec['env']>;
type ResourcesSpec = NonNullable<AppSpec['resources']>;

/** Environment variables in the order in which they were written: `$(OTHER)` reads only what stands above. */
export function resolveEnv(spec: EnvSpec | undefined): ResolvedEnv[] {
  return Object.entries(spec ?? {}).map(([name, value]): ResolvedEnv => {
    if (typeof value !== 'object') return { name, kind: 'value', value: String(value) };
    if ('field' in value) return { name, kind: 'field', path: value.field };
    if ('resource' in value) return { name, kind: 'resource', resource: value.resource };
    const [kind, from] =
      'secret' in value ? (['secret', value.secret] as const) : (['configMap', value.configMap] as const);
    return { name, kind, source: from.name, key: from.key, optional: from.optional ?? false };
  });
}

export function resolveResources(
  fields: Fields,
  path: string,
  spec: ResourcesSpec | undefined,
  standing: { readonly cpu: string; readonly memory: string },
): ResolvedResources {
  const memory = memoryQuantity(fields.value(`${path}.memory`, spec?.memory, standing.memory));
  const cpuLimit = fields.optional(`${path}.cpuLimit`, spec?.cpuLimit);
  const ephemeralStorage = fields.optional(`${path}.ephemeralStorage`, spec?.ephemeralStorage);
  return {
    cpu: cpuQuantity(fields.value<string | number>(`${path}.cpu`, spec?.cpu, standing.cpu)),
    memory,
    memoryLimit: memoryQuantity(fields.value(`${path}.memoryLimit`, spec?.memoryLimit, memory.text)),
    ...(cpuLimit === undefined ? {} : { cpuLimit: cpuQuantity(cpuLimit) }),
    ...(ephemeralStorage === undefined ? {} : { ephemeralStorage: memoryQuantity(ephemeralStorage) }),
  };
}

const smallContainer = { cpu: '10m', memory: '32Mi' } as const;

/** An init container or a sidecar; it runs under the app's security settings unless it names its own. */
export function resolveExtraContainer(
  fields: Fields,
  spec: ExtraContainerSpec,
  path: string,
  at: (path: FieldPath) => Position,
  app: Pick<ResolvedContainer, 'imagePullPolicy' | 'security'>,
  diagnostics: Diagnostic[],
): ResolvedContainer {
  const ports: ResolvedPort[] =
    spec.port === undefined
      ? []
      : [{ name: portNameFor(spec.name), port: spec.port, servicePort: spec.port, protocol: 'TCP' }];
  const book = new PortBook(ports, `container ${spec.name}`, at, diagnostics);
  const readiness =
    spec.readiness === undefined
      ? undefined
      : resolveProbe(fields, 'readiness', spec.readiness, `${path}.readiness`, book);
  const startup =
    spec.startup === undefined ? undefined : resolveProbe(fields, 'startup', spec.startup, `${path}.startup`, book);
  const { security } = spec;
  return {
    name: spec.name,
    image: fields.value(`${path}.image`, spec.image),
    imagePullPolicy: app.imagePullPolicy,
    ...(spec.command === undefined ? {} : { command: spec.command }),
    ...(spec.args === undefined ? {} : { args: spec.args }),
    env: resolveEnv(spec.env),
    envFrom: spec.envFrom ?? [],
    ports,
    resources: resolveResources(fields, `${path}.resources`, spec.resources, smallContainer),
    mounts: (spec.mounts ?? []).map((mount) => ({
      volume: mount.volume,
      path: mount.path,
      readOnly: mount.readOnly ?? false,
    })),
    security: {
      readOnlyRootFilesystem: security?.readOnlyRootFilesystem ?? app.security.readOnlyRootFilesystem,
      allowPrivilegeEscalation: security?.allowPrivilegeEscalation ?? app.security.allowPrivilegeEscalation,
      addCapabilities: security?.capabilities ?? [],
      ...(security?.runAsUser === undefined ? {} : { runAsUser: security.runAsUser }),
      ...(security?.runAsGroup === undefined ? {} : { runAsGroup: security.runAsGroup }),
    },
    ...(readiness === undefined ? {} : { readiness }),
    ...(startup === undefined ? {} : { startup }),
  };
}

/** A port's name has at most 15 characters (IANA_SVC_NAME), a container's 63. */
function portNameFor(container: string): string {
  const short = container.slice(0, 15).replace(/-+$/, '').replace(/-{2,}/g, '-');
  return /[a-z]/.test(short) ? short : 'sidecar';
}
