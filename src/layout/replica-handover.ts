import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { KubeObject } from '../model/kube-object.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { changedApp, objectIn } from './changed-app.js';
import type { FileChange } from './file-spec.js';

/**
 * A warning for each workload whose rendered file had `spec.replicas` and has none now, because an HPA takes over.
 *
 * kubectl's and Argo CD's apply delete what the last-applied annotation has and the new file has not, and a workload without replicas
 * has one pod (kubernetes#25238; seen on Argo CD 3.5.3: 5 pods fell to 1 until the HPA's next round). Once `replicas` is out of
 * the annotation of the live object, the same commit leaves the number alone. Argo CD does not compare that annotation, so its
 * self-heal does not put it back; its next sync of an old commit would, so the command belongs right before the merge.
 */
export function replicaHandovers(clusters: readonly ResolvedCluster[], changes: readonly FileChange[]): Diagnostic[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'update' || !change.owner.startsWith('app/')) return [];
    if (!/^ {2}replicas:/m.test(change.before) || /^ {2}replicas:/m.test(change.after)) return [];
    const workload = objectIn(change.before);
    if (!workload || !['Deployment', 'Rollout'].includes(workload.kind) || replicasOf(workload) === undefined)
      return [];
    const app = changedApp(clusters, change);
    return app?.scale.autoscaled ? [handover(change.cluster, workload, app.provenance.at('scale'))] : [];
  });
}

function handover(cluster: string, workload: KubeObject, at: Diagnostic['at']): Diagnostic {
  const { name, namespace = 'default' } = workload.metadata;
  const resource = `${workload.kind === 'Rollout' ? 'rollouts.argoproj.io' : 'deployment.apps'}/${name}`;
  const command =
    `kubectl -n ${namespace} apply view-last-applied ${resource} -o yaml | sed '/^  replicas: /d' | ` +
    `kubectl -n ${namespace} apply set-last-applied -f -`;
  return {
    code: 'replicas-handover',
    severity: 'warning',
    message:
      `${workload.kind} ${name} on ${cluster} hands its replicas (${String(replicasOf(workload))}) to an HPA: ` +
      'if it runs already, applying this drops it to one pod until the HPA has counted',
    hint: `right before the merge, on cluster ${cluster}: ${command}`,
    ...(at ? { at } : {}),
  };
}

function replicasOf(workload: KubeObject): unknown {
  return (workload['spec'] as { readonly replicas?: unknown } | undefined)?.replicas;
}
