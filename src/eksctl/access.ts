import { accessEntries } from '../aws/access.js';
import type { ResolvedCluster } from '../model/resolved.js';

/**
 * Who may use the Kubernetes API: access entries alone, no aws-auth ConfigMap. The creator is an administrator, as somebody has to apply
 * bootstrap/.
 */
export function accessConfig(cluster: ResolvedCluster): Record<string, unknown> {
  const entries = accessEntries(cluster).map(({ principalArn, policies }) => ({
    principalARN: principalArn,
    type: 'STANDARD',
    accessPolicies: policies.map(({ policyArn, namespaces }) => ({
      policyARN: policyArn,
      accessScope: namespaces === undefined ? { type: 'cluster' } : { type: 'namespace', namespaces: [...namespaces] },
    })),
  }));
  return {
    authenticationMode: 'API',
    bootstrapClusterCreatorAdminPermissions: true,
    ...(entries.length > 0 && { accessEntries: entries }),
  };
}
