import { createHash } from 'node:crypto';
import { argoCdContainer, argoCdPlacement, type ArgoCdWorkload } from '../../src/model/argocd-workloads.js';
import { argoCdParameters, argoCdSettings, settingsReadAtStart } from './argocd-settings.js';

/** A kustomize patch: a part of an object, as JSON, and the objects that it is merged into. */
export interface WorkloadPatch {
  readonly target: Readonly<Record<string, string>>;
  readonly patch: string;
}

/**
 * For all workloads: their placement, and a new start when what they read at their start changes. Upstream's own affinity (copies on
 * different hosts) stays.
 */
export function placementPatch(kind: ArgoCdWorkload['kind']): WorkloadPatch {
  return {
    target: { group: 'apps', version: 'v1', kind, labelSelector: 'app.kubernetes.io/part-of=argocd' },
    patch: patchText(kind, 'all', {
      metadata: { annotations: { 'checksum/argocd-settings': settingsHash() } },
      spec: argoCdPlacement,
    }),
  };
}

/** For one workload: its requests. */
export function requestsPatch(workload: ArgoCdWorkload): WorkloadPatch {
  const { kind, name } = workload;
  return {
    target: { group: 'apps', version: 'v1', kind, name },
    patch: patchText(kind, name, { spec: { containers: [argoCdContainer(workload)] } }),
  };
}

/**
 * kustomize takes a patch as text alone, which may be JSON: so that who reads it back (src/checks) needs no YAML. The target says whom it
 * is for; of an object's own name it asks only that there is one.
 */
function patchText(kind: string, name: string, template: Readonly<Record<string, unknown>>): string {
  const patch = { apiVersion: 'apps/v1', kind, metadata: { name }, spec: { template } };
  return `${JSON.stringify(patch, null, 2)}\n`;
}

/** Hash of what processes read only when they start; a letter first, or YAML may take it for a number. */
function settingsHash(): string {
  const readAtStart = settingsReadAtStart.map((key) => [key, argoCdSettings[key]]);
  const hash = createHash('sha256')
    .update(JSON.stringify([readAtStart, argoCdParameters]))
    .digest('hex');
  return `h${hash.slice(0, 16)}`;
}
