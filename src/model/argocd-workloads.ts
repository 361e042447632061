import { nodeLifecycleLabel } from './node-lifecycle.js';

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

/** What all of Argo CD's pods are given: on-demand nodes only, and a priority class. */
export const argoCdPlacement = {
  priorityClassName: 'system-cluster-critical',
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: nodeLifecycleLabel, operator: 'In', values: ['on-demand'] }] }],
      },
    },
  },
} as const;

/** What the container of one workload is given. */
export function argoCdContainer({ container, cpu, memory }: ArgoCdWorkload) {
  return { name: container, resources: { requests: { cpu, memory } } };
}

/** How many copies of a workload run: upstream's one, and two in production of what scales. */
export function argoCdReplicas({ scales }: ArgoCdWorkload, production: boolean): number {
  return scales && production ? 2 : 1;
}
