import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { AppOnCluster } from '../spec/schema/specs.js';
import type { AppSpec } from '../spec/schema/app.js';
import { resolveEnv, resolveExtraContainer, resolveResources } from './containers.js';
import { Fields } from './fields.js';
import { resolveAws } from './identity.js';
import { resolveIngress } from './ingress.js';
import type { AppWithoutNetwork } from './network.js';
import { resolvePlacement } from './placement.js';
import { PortBook, resolvePorts } from './ports.js';
import { resolveHealth } from './probes.js';
import { resolveRelease } from './release.js';
import type { ResolvedApp, ResolvedCluster, ResolvedContainer, ResolvedPatch } from './resolved.js';
import { resolveScale } from './scale.js';
import { resolveSchedule } from './schedule.js';
import { countOrShare, durationSeconds } from './units.js';
import { resolveFiles, resolveVolumes } from './volumes.js';

/** What an app needs to know of its cluster. */
export type ClusterOfApp = Pick<
  ResolvedCluster,
  'name' | 'region' | 'accountId' | 'identity' | 'production' | 'components'
>;

function resolvePatches(spec: AppSpec, at: ResolvedApp['provenance']['at']): ResolvedPatch[] {
  return (spec.patches ?? []).map((patch, index) => ({
    target: { kind: patch.target.kind, ...(patch.target.name === undefined ? {} : { name: patch.target.name }) },
    patch:
      patch.merge === undefined
        ? {
            kind: 'json',
            operations: (patch.json ?? []).map(({ op, path, from, value }) => ({
              op,
              path,
              ...(from === undefined ? {} : { from }),
              ...(value === undefined ? {} : { value }),
            })),
          }
        : { kind: 'merge', value: patch.merge },
    at: at(`patches.${index}`),
  }));
}

/** Endpoints go on sending for some seconds after a pod is told to stop; a load balancer for longer. */
function resolvePreStop(fields: Fields, spec: AppSpec): number {
  const written = spec.termination?.preStop;
  const served = (spec.kind ?? 'service') === 'service';
  return durationSeconds(
    served
      ? fields.value('termination.preStop', written, spec.ingress === undefined ? '10s' : '20s')
      : fields.value('termination.preStop', written, '0s', 'nothing sends requests to it'),
  );
}

function resolveSecurity(fields: Fields, spec: AppSpec) {
  const security = spec.security ?? {};
  const runAsUser = fields.value('security.runAsUser', security.runAsUser);
  return {
    pod: {
      runAsUser,
      runAsGroup: fields.value('security.runAsGroup', security.runAsGroup),
      fsGroup: fields.value('security.fsGroup', security.fsGroup),
      runAsNonRoot: runAsUser !== 0,
      seccompProfile: fields.value('security.seccompProfile', security.seccompProfile),
    },
    container: {
      readOnlyRootFilesystem: fields.value('security.readOnlyRootFilesystem', security.readOnlyRootFilesystem),
      allowPrivilegeEscalation: fields.value('security.allowPrivilegeEscalation', security.allowPrivilegeEscalation),
      addCapabilities: fields.value('security.capabilities', security.capabilities),
    },
  };
}

/** Labels that Spillway writes itself: a written one would be overwritten without a word. */
function takenLabels(labels: AppSpec['labels'], at: ResolvedApp['provenance']['at']): Diagnostic[] {
  return ['app.kubernetes.io/name', 'app.kubernetes.io/managed-by']
    .filter((label) => labels?.[label] !== undefined)
    .map((label) => ({
      code: 'reserved-label',
      severity: 'error',
      message: `the label ${label} is Spillway’s own: ${label.endsWith('name') ? 'Services and policies find the app’s pods by it' : 'it says who rendered the object'}`,
      hint: 'take it out; app.kubernetes.io/part-of, component, version and instance are free',
      at: at(['labels', label]),
    }));
}

/** One app on one cluster with every default filled in, but for its network rules. */
export function resolveApp(source: AppOnCluster, cluster: ClusterOfApp, diagnostics: Diagnostic[]): AppWithoutNetwork {
  const { value: spec } = source.spec;
  const fields = new Fields('app', source.spec);
  const at = source.spec.at.bind(source.spec);
  const name = fields.value('name', spec.name);
  const kind = fields.value('kind', spec.kind);
  const namespace = fields.value('namespace', spec.namespace, name);
  const image = fields.value('image', spec.image);
  const imagePullPolicy = fields.value('imagePullPolicy', spec.imagePullPolicy);
  const ports = resolvePorts(fields, spec);
  const book = new PortBook(ports, name, at, diagnostics);
  const health = resolveHealth(fields, spec.health, book);
  const security = resolveSecurity(fields, spec);
  const scale = resolveScale(fields, spec, cluster.production);
  const { volumes, mounts } = resolveVolumes(fields, name, spec.volumes);
  const { files, mounts: fileMounts } = resolveFiles(name, spec.files);
  const resources = resolveResources(fields, 'resources', spec.resources, { cpu: '100m', memory: '128Mi' });
  const preStopSeconds = resolvePreStop(fields, spec);
  const termination = {
    gracePeriodSeconds: durationSeconds(fields.value('termination.gracePeriod', spec.termination?.gracePeriod)),
    preStopSeconds,
    workSeconds: durationSeconds(fields.value('termination.work', spec.termination?.work)),
  };
  const readyAfter = typeof spec.health === 'object' ? spec.health.readyAfter : undefined;
  const ingress = resolveIngress(fields, spec, book, health.readiness, preStopSeconds, at, diagnostics);
  const aws = resolveAws(fields, spec, namespace, cluster);
  const schedule = resolveSchedule(fields, spec);
  const priorityClassName = fields.optional('priorityClassName', spec.priorityClassName);
  const bumps = fields.optional('delivery.bumps', spec.delivery?.bumps);
  const workingDir = fields.optional('workingDir', spec.workingDir);
  const selectorLabels = { 'app.kubernetes.io/name': name };
  const container: ResolvedContainer = {
    name,
    image,
    imagePullPolicy,
    ...(spec.command === undefined ? {} : { command: fields.value('command', spec.command) }),
    ...(spec.args === undefined ? {} : { args: fields.value('args', spec.args) }),
    ...(workingDir === undefined ? {} : { workingDir }),
    env: resolveEnv(spec.env),
    envFrom: spec.envFrom ?? [],
    ports,
    resources,
    mounts: [...mounts, ...fileMounts],
    security: security.container,
    ...health,
  };
  diagnostics.push(...takenLabels(spec.labels, at));
  if (spec.env !== undefined) fields.value('env', spec.env);
  const extra = (role: 'init' | 'sidecars') =>
    (spec[role] ?? []).map((written, index) =>
      resolveExtraContainer(fields, written, `${role}.${index}`, at, container, diagnostics),
    );
  return {
    name,
    kind,
    cluster: cluster.name,
    namespace,
    selectorLabels,
    labels: { ...spec.labels, ...selectorLabels, 'app.kubernetes.io/managed-by': 'spillway' },
    podAnnotations: spec.podAnnotations ?? {},
    container,
    initContainers: extra('init'),
    sidecars: extra('sidecars'),
    ports,
    volumes,
    files,
    podSecurityContext: security.pod,
    readyAfterSeconds: durationSeconds(fields.value('health.readyAfter', readyAfter)),
    placement: resolvePlacement(fields, spec, scale.max),
    scale,
    release: resolveRelease(fields, spec, book, health.readiness, cluster.components, at, diagnostics),
    delivery: bumps === undefined ? {} : { bumps },
    ...(schedule === undefined ? {} : { schedule }),
    ...(kind === 'cronjob'
      ? {}
      : {
          disruption: {
            maxUnavailable: countOrShare(fields.value('disruption.maxUnavailable', spec.disruption?.maxUnavailable)),
          },
        }),
    termination,
    ...(aws === undefined ? {} : { aws }),
    ...(ingress === undefined ? {} : { ingress }),
    externalSecrets: spec.externalSecrets ?? [],
    serviceAccountToken: fields.value('serviceAccountToken', spec.serviceAccountToken),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    patches: resolvePatches(spec, at),
    manifests: source.manifests,
    silence: spec.silence ?? {},
    provenance: fields.provenance(),
  };
}
