import type { ResolvedCluster } from '../model/resolved.js';

/** The control plane's logs in CloudWatch. Without a retention CloudWatch would keep and bill them for ever. */
export function controlPlaneLogging(
  observability: NonNullable<ResolvedCluster['observability']>,
): Record<string, unknown> {
  return {
    clusterLogging: {
      enableTypes: [...observability.logTypes],
      logRetentionInDays: observability.logRetentionDays,
    },
  };
}
