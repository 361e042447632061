import type { ResolvedCluster } from '../model/resolved.js';

/** Name, region, version, and the tags of everything that eksctl makes. */
export function metadata(cluster: ResolvedCluster): Record<string, unknown> {
  const { name, region, kubernetesVersion, tags } = cluster;
  return {
    name,
    region,
    version: kubernetesVersion,
    ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
  };
}
