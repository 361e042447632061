import { join } from 'node:path';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { renderRepository } from '../../src/pipeline.js';

const repository = join(__dirname, '..', '..');

/** A cluster of which both sides are known, and the repository that it is of. */
export const CLUSTERS = {
  prod: '.',
  staging: '.',
  blue: 'test/fixtures/everything',
} as const;
export type ClusterName = keyof typeof CLUSTERS;

/** A cluster as the program resolves it, its eksctl patches left aside: those Pulumi refuses (load.test.ts). */
export async function resolved(name: ClusterName): Promise<ResolvedCluster> {
  const { clusters } = await renderRepository(join(repository, CLUSTERS[name]), { cluster: name });
  const [rendered] = clusters;
  if (rendered === undefined) throw new Error(`no cluster ${name} in ${CLUSTERS[name]}`);
  return rendered.cluster;
}
