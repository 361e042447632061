import { map, number, type JsonMap } from './json.js';
import type { PodContainer } from './pods.js';

export type ProbeKind = 'readinessProbe' | 'livenessProbe' | 'startupProbe';

/** The probes of a container, and where an app and a sidecar say them. */
export const probeFields: readonly {
  readonly kind: ProbeKind;
  readonly field: string;
  readonly sidecarField: string;
}[] = [
  { kind: 'readinessProbe', field: 'health.readiness', sidecarField: 'readiness' },
  { kind: 'livenessProbe', field: 'health.liveness', sidecarField: 'liveness' },
  { kind: 'startupProbe', field: 'health.startup', sidecarField: 'startup' },
];

export interface ProbeProblem {
  /** What follows the probe's name in a sentence. */
  readonly problem: string;
  readonly hint: string;
  /** The probe's field that it is about. */
  readonly part?: string;
}

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;

/** Kubernetes fills in 0, so only what is below is refused. */
const counts = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

/** What the API server refuses in a probe (k8s.io/kubernetes 1.35, pkg/apis/core/validation: validateProbe and its callers). */
export function* probeProblems({ role, spec }: PodContainer, kind: ProbeKind): Generator<ProbeProblem> {
  if (spec[kind] === undefined || spec[kind] === null) return;
  const probe: JsonMap = map(spec[kind]);
  if (role === 'init') {
    yield {
      problem: 'is a probe of an init container, which ends before anybody could ask',
      hint: 'take it out, or make the container a sidecar (restartPolicy: Always)',
    };
    return;
  }
  const asked = handlers.filter((handler) => probe[handler] !== undefined && probe[handler] !== null);
  if (asked.length !== 1)
    yield {
      problem: asked.length === 0 ? 'asks nothing' : `asks in ${asked.length} ways at once: ${asked.join(' and ')}`,
      hint: `say one of ${handlers.join(', ')}`,
    };
  for (const part of counts) {
    const value = number(probe[part]);
    if (value !== undefined && value < 0)
      yield { problem: `has ${part} ${value}`, hint: 'use 0 (the default) or more', part };
  }
  const successes = number(probe['successThreshold']);
  if (kind !== 'readinessProbe' && successes !== undefined && successes > 1)
    yield {
      problem: `has successThreshold ${successes}, where only 1 is taken`,
      hint: 'take it out: only a readiness probe may ask for several successes',
      part: 'successThreshold',
    };
  const grace = number(probe['terminationGracePeriodSeconds']);
  if (grace !== undefined && (kind === 'readinessProbe' || grace < 1))
    yield {
      problem: `has terminationGracePeriodSeconds ${grace}`,
      hint: kind === 'readinessProbe' ? 'take it out: a readiness probe ends no pod' : 'use 1 or more',
      part: 'terminationGracePeriodSeconds',
    };
}
