import { load } from 'js-yaml';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { KubeObject } from '../model/kube-object.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { changedApp } from './changed-app.js';
import type { FileChange } from './file-spec.js';

const resources = { Deployment: 'deployments.apps', Rollout: 'rollouts.argoproj.io' } as const;

/**
 * A warning for each app whose Deployment becomes a Rollout, or the other way round.
 *
 * Argo CD prunes what is gone before it applies what is new (runTasks in gitops-engine's pkg/sync/sync_context.go, as of Argo CD
 * 3.5.3): all pods would end before the first new one starts. It reads `Prune=false` from the live object (pruneObject), and a live
 * annotation that Git does not have is no difference to it, so that the old workload can be kept until the new one stands. The Service,
 * the HPA and the PodDisruptionBudget select the pods of both meanwhile.
 */
export function rolloutHandovers(clusters: readonly ResolvedCluster[], changes: readonly FileChange[]): Diagnostic[] {
  const deleted = new Set(changes.filter(({ kind }) => kind === 'delete').map(({ path }) => path));
  return changes.flatMap((change) => {
    if (change.kind !== 'create') return [];
    const app = changedApp(clusters, change);
    const now = /\.(Deployment|Rollout)-[^/]+$/.exec(change.path)?.[1] as keyof typeof resources | undefined;
    if (!app || now === undefined) return [];
    const old = now === 'Rollout' ? 'Deployment' : 'Rollout';
    if (!deleted.has(change.path.replace(/\.(Deployment|Rollout)-(?=[^/]+$)/, `.${old}-`))) return [];
    const { name, namespace = 'default' } = (load(change.after) as KubeObject).metadata;
    const kubectl = `kubectl -n ${namespace}`;
    return [
      {
        code: 'rollout-handover',
        severity: 'warning',
        message:
          `${old} ${name} on ${change.cluster} becomes a ${now}: if it runs already, Argo CD removes its pods ` +
          'before the first new one starts',
        hint: [
          'right before the merge, keep the old pods:',
          `  ${kubectl} annotate ${resources[old]} ${name} argocd.argoproj.io/sync-options=Prune=false`,
          `after the merge, when the ${now} has as many ready pods as are needed, let them go:`,
          `  ${kubectl} get ${resources[now]} ${name} -w`,
          `  ${kubectl} delete ${resources[old]} ${name}`,
        ].join('\n'),
        at: app.provenance.at('release'),
      },
    ];
  });
}
