import { distance } from 'fastest-levenshtein';
import { anyOf } from '../schema/expectation.js';

/** The one of `known` that was probably meant, or undefined where none is close: a third of the letters may be wrong. */
export function closest(written: string, known: readonly string[]): string | undefined {
  const lower = written.toLowerCase();
  const ranked = known
    .map((name) => ({ name, edits: distance(lower, name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1));
  const best = ranked[0];
  if (best === undefined) return undefined;
  return best.edits <= Math.max(1, Math.floor(Math.min(written.length, best.name.length) / 3)) ? best.name : undefined;
}

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
