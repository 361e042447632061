import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { ResolvedApp, ResolvedVolume } from '../../src/model/resolved.js';
import { objectMeta } from './object-meta.js';

type Claim = Extract<ResolvedVolume, { kind: 'claim' }>;

/**
 * What is on a disk is in no repository, so Argo CD never deletes one: not when it is taken out of Git, not with its Application. Asking
 * for confirmation would do as well for the data, but while Argo CD waits for the answer it applies nothing else of the app (seen with
 * 3.5.3); so the claim stays, the Application shows it as out of sync, and a person deletes it by hand.
 */
const neverDeleted = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** One PersistentVolumeClaim for each of the app's disks. */
export function addClaims(chart: Chart, app: ResolvedApp): void {
  for (const claim of app.volumes.filter((volume): volume is Claim & { name: string } => volume.kind === 'claim')) {
    new k8s.KubePersistentVolumeClaim(chart, `claim-${claim.name}`, {
      metadata: objectMeta(app, claim.claimName, neverDeleted),
      spec: {
        accessModes: [claim.accessMode],
        storageClassName: claim.storageClass,
        resources: { requests: { storage: k8s.Quantity.fromString(claim.size.text) } },
      },
    });
  }
}
