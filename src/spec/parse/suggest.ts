import { closest } from '../../diagnostic/closest.js';
import { anyOf } from '../schema/expectation.js';

/** Kubernetes' words for what an app's spec says in other words. */
const kubernetesWords: Readonly<Record<string, string>> = {
  affinity: 'capacity',
  autoscaling: 'scale',
  annotations: 'podAnnotations',
  configMap: 'files',
  containerPort: 'port',
  containers: 'sidecars',
  cronSchedule: 'schedule',
  environment: 'env',
  hpa: 'scale',
  initContainers: 'init',
  livenessProbe: 'health.liveness',
  maxReplicas: 'scale.max',
  minReplicas: 'scale.min',
  nodeSelector: 'capacity',
  pdb: 'disruption',
  readinessProbe: 'health.readiness',
  replicas: 'scale.min',
  securityContext: 'security',
  startupProbe: 'health.startup',
  strategy: 'release',
  terminationGracePeriodSeconds: 'termination.gracePeriod',
  tolerations: 'capacity',
  topologySpreadConstraints: 'spread',
  volumeMounts: 'volumes',
};

/** What to do about a field that nobody knows, among those that are `known` and the ones of them still `free`. */
export function fieldHint(written: string, known: readonly string[], free: readonly string[]): string {
  const meant = closest(written, free);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  const translated = Object.hasOwn(kubernetesWords, written) ? kubernetesWords[written] : undefined;
  if (translated !== undefined && known.includes(translated.split('.')[0] ?? '')) return `here it is \`${translated}\``;
  if (free.length === 0) return 'remove it';
  return free.length <= 12 ? `known here: ${anyOf(free)}` : 'docs/spec.md lists the fields';
}
