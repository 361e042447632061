import type { Diagnostic, Position } from '../diagnostic/diagnostic.js';
import type { FieldPath } from '../diagnostic/located.js';
import type { ComponentVersions } from '../facts/versions.js';
import type { AppSpec } from '../spec/schema/app.js';
import type { Fields } from './fields.js';
import { probes, spokenProtocol, type PortBook } from './ports.js';
import type { CanaryStep, ResolvedAnalysis, ResolvedPort, ResolvedProbe, ResolvedRelease } from './resolved.js';
import { countOrShare, durationSeconds, percentOf } from './units.js';

type AnalysisSpec = NonNullable<NonNullable<AppSpec['release']>['analysis']>;

function canaryStep(step: string): CanaryStep {
  if (step === 'pause') return { pause: 'until-promoted' };
  return step.endsWith('%') ? { setWeightPercent: percentOf(step) } : { pauseSeconds: durationSeconds(step) };
}

/** Why a request by wget would have no answer from the port; undefined where nothing speaks against it. */
function unansweredBecause(port: ResolvedPort, readiness: ResolvedProbe | undefined): string | undefined {
  if (port.protocol === 'UDP') return 'it is UDP';
  const { version } = spokenProtocol(port, readiness);
  if (version !== 'HTTP1') return `it speaks ${version === 'GRPC' ? 'gRPC' : 'HTTP/2'}`;
  return readiness?.handler.kind === 'tcp' && probes(readiness, port)
    ? 'its readiness is a mere TCP connection'
    : undefined;
}

function resolveAnalysis(
  fields: Fields,
  spec: AnalysisSpec,
  ports: PortBook,
  readiness: ResolvedProbe | undefined,
  components: ComponentVersions,
  at: (path: FieldPath) => Position,
  diagnostics: Diagnostic[],
): ResolvedAnalysis | undefined {
  if ('job' in spec) {
    const { job } = spec;
    const path = 'release.analysis.job';
    const port = ports.find(job.port, `${path}.port`);
    if (port === undefined) return undefined;
    const unanswered = unansweredBecause(port, readiness);
    if (unanswered !== undefined && (job.path === undefined || port.protocol === 'UDP')) {
      diagnostics.push({
        code: 'analysis-not-http',
        severity: 'error',
        message: `the analysis job asks port ${port.name} over HTTP/1.1, but ${unanswered}: every release would be aborted`,
        hint:
          port.protocol === 'UDP'
            ? 'name a TCP port that answers HTTP, or analyse by web or cloudWatch'
            : 'name a port that answers HTTP, write job.path if this one does, or analyse by web or cloudWatch',
        at: at(job.port === undefined ? path : `${path}.port`),
      });
    }
    const readinessPath = readiness?.handler.kind === 'http' ? readiness.handler.path : '/';
    return {
      kind: 'job',
      path: fields.value(`${path}.path`, job.path, readinessPath),
      servicePort: port.servicePort,
      requests: fields.value(`${path}.requests`, job.requests),
      maxErrorsPercent: percentOf(fields.value(`${path}.maxErrors`, job.maxErrors)),
      timeoutSeconds: durationSeconds(fields.value(`${path}.timeout`, job.timeout)),
      image: fields.value(`${path}.image`, job.image, components.analysisJob.image),
    };
  }
  if ('web' in spec) {
    const { web } = spec;
    const path = 'release.analysis.web';
    return {
      kind: 'web',
      url: fields.value(`${path}.url`, web.url),
      jsonPath: fields.value(`${path}.jsonPath`, web.jsonPath),
      successCondition: fields.value(`${path}.successCondition`, web.successCondition),
      ...measurements(fields, path, web),
    };
  }
  const { cloudWatch } = spec;
  const path = 'release.analysis.cloudWatch';
  return {
    kind: 'cloudWatch',
    namespace: cloudWatch.namespace,
    metric: cloudWatch.metric,
    dimensions: cloudWatch.dimensions ?? {},
    statistic: fields.value(`${path}.statistic`, cloudWatch.statistic),
    periodSeconds: durationSeconds(fields.value(`${path}.period`, cloudWatch.period)),
    successCondition: fields.value(`${path}.successCondition`, cloudWatch.successCondition),
    ...measurements(fields, path, cloudWatch),
  };
}

interface MeasurementSpec {
  readonly interval?: string | undefined;
  readonly count?: number | undefined;
  readonly failureLimit?: number | undefined;
}

function measurements(fields: Fields, path: string, spec: MeasurementSpec) {
  return {
    intervalSeconds: durationSeconds(fields.value(`${path}.interval`, spec.interval)),
    count: fields.value(`${path}.count`, spec.count),
    failureLimit: fields.value(`${path}.failureLimit`, spec.failureLimit),
  };
}

/** How a new version comes: a Deployment that rolls, or a canary by the ratio of pods. */
export function resolveRelease(
  fields: Fields,
  spec: AppSpec,
  ports: PortBook,
  readiness: ResolvedProbe | undefined,
  components: ComponentVersions,
  at: (path: FieldPath) => Position,
  diagnostics: Diagnostic[],
): ResolvedRelease {
  const release = spec.release ?? {};
  // A disk that one pod holds: the new pod cannot start before the old one has let go.
  const oneAtATime = (spec.volumes ?? []).some(
    (volume) => 'claim' in volume && (volume.claim.accessMode ?? 'ReadWriteOnce').startsWith('ReadWriteOnce'),
  );
  const canary = fields.optional('release.canary', release.canary);
  const analysis =
    canary &&
    release.analysis &&
    resolveAnalysis(fields, release.analysis, ports, readiness, components, at, diagnostics);
  return {
    // For a canary, too: how many pods a share is does not depend on it, once it is above 0 (utils/replicaset/canary.go, v1.9.1).
    maxSurge: countOrShare(fields.value('release.maxSurge', release.maxSurge, oneAtATime ? 0 : '25%')),
    maxUnavailable: countOrShare(fields.value('release.maxUnavailable', release.maxUnavailable, oneAtATime ? 1 : 0)),
    progressDeadlineSeconds: durationSeconds(fields.value('release.progressDeadline', release.progressDeadline)),
    historyLimit: fields.value('release.historyLimit', release.historyLimit),
    ...(canary === undefined
      ? {}
      : { canary: { steps: canary.map(canaryStep), ...(analysis === undefined ? {} : { analysis }) } }),
  };
}
