import { createHash } from 'node:crypto';
import { nodeLifecycleLabel } from '../../src/model/node-lifecycle.js';
import { argoCdParameters, argoCdSettings, settingsReadAtStart } from './argocd-settings.js';

/** One of Argo CD's own workloads, as manifests/install.yaml of argo-cd v3.5.3 names it. */
export interface ArgoCdWorkload {
  readonly kind: 'Deployment' | 'StatefulSet';
  /** Also the value of its pods' label app.kubernetes.io/name. */
  readonly name: string;
  readonly container: string;
  readonly cpu: string;
  readonly memory: string;
  /** Whether a second copy shares its work: then production has two. The others are one of a kind or only wait. */
  readonly scales: boolean;
}

/**
 * Requests for some hundred Applications: resident memory measured on v3.5.3 (controller 250–430 MiB, repo-server 160–200, applicationset
 * 162, server 179), rounded up. Upstream sets none. No limits: a controller that is killed for memory delivers nothing.
 */
export const argoCdWorkloads: readonly ArgoCdWorkload[] = [
  workload('argocd-application-controller', '250m', '512Mi', { kind: 'StatefulSet' }),
  workload('argocd-applicationset-controller', '25m', '192Mi'),
  workload('argocd-dex-server', '10m', '64Mi', { container: 'dex' }),
  workload('argocd-notifications-controller', '10m', '96Mi'),
  workload('argocd-redis', '50m', '64Mi', { container: 'redis' }),
  workload('argocd-repo-server', '100m', '256Mi', { scales: true }),
  workload('argocd-server', '50m', '192Mi', { scales: true }),
];

function workload(name: string, cpu: string, memory: string, rest: Partial<ArgoCdWorkload> = {}): ArgoCdWorkload {
  return { kind: 'Deployment', name, container: name, cpu, memory, scales: false, ...rest };
}

/** A kustomize patch: a part of an object, as YAML, and the objects that it is merged into. */
export interface WorkloadPatch {
  readonly target: Readonly<Record<string, string>>;
  readonly patch: string;
}

/**
 * For all workloads: on-demand nodes only, a priority class, and a new start when what they read at their start changes. Upstream's
 * own affinity (copies on different hosts) stays.
 */
export function placementPatch(kind: ArgoCdWorkload['kind']): WorkloadPatch {
  return {
    target: { group: 'apps', version: 'v1', kind, labelSelector: 'app.kubernetes.io/part-of=argocd' },
    patch: `apiVersion: apps/v1
kind: ${kind}
metadata: {name: all}
spec:
  template:
    metadata:
      annotations: {checksum/argocd-settings: ${settingsHash()}}
    spec:
      priorityClassName: system-cluster-critical
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - {key: ${nodeLifecycleLabel}, operator: In, values: [on-demand]}
`,
  };
}

/** For one workload: its requests. */
export function requestsPatch({ kind, name, container, cpu, memory }: ArgoCdWorkload): WorkloadPatch {
  return {
    target: { group: 'apps', version: 'v1', kind, name },
    patch: `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  template:
    spec:
      containers:
        - name: ${container}
          resources:
            requests: {cpu: ${cpu}, memory: ${memory}}
`,
  };
}

/** Hash of what processes read only when they start; a letter first, or YAML may take it for a number. */
function settingsHash(): string {
  const readAtStart = settingsReadAtStart.map((key) => [key, argoCdSettings[key]]);
  const hash = createHash('sha256')
    .update(JSON.stringify([readAtStart, argoCdParameters]))
    .digest('hex');
  return `h${hash.slice(0, 16)}`;
}
