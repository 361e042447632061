import { addonGrants, workloadGrants } from '../aws/grants.js';
import type { ResolvedCluster } from '../model/resolved.js';
import { podIdentityAssociation, serviceAccountRole } from './grants.js';

/**
 * The AWS identities of pods. With IRSA the addons' roles are made here, too: eksctl's own for an addon trusts every ServiceAccount of
 * the cluster, vpc-cni's excepted (getKnownServiceAccountLocation in pkg/actions/addon/create.go). They exist before the addons, which
 * come after the nodes.
 */
export function iam(cluster: ResolvedCluster): Record<string, unknown> {
  const grants = workloadGrants(cluster);
  if (cluster.identity === 'pod-identity') {
    return { withOIDC: false, podIdentityAssociations: grants.map(podIdentityAssociation) };
  }
  const ofAddons = Object.values(addonGrants(cluster));
  return { withOIDC: true, serviceAccounts: [...grants, ...ofAddons].map(serviceAccountRole) };
}
