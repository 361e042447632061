import { afterAll } from '@jest/globals';

import type { Argocd } from '../rig/argocd.js';
import type { Cluster, ClusterOptions } from '../rig/cluster.js';
import { waitForAllGood } from './applications.js';
import { bootstrapArgocd, postPush } from './argocd.js';
import type { Bootstrapped } from './argocd.js';
import { useCluster } from './cluster.js';
import type { ClusterName } from './dist.js';
import { playPlatform } from './played.js';
import type { PlayedPlatform } from './played.js';
import { PlatformRepository } from './platform-repository.js';
import type { PlatformRepositoryOptions } from './platform-repository.js';

/** A cluster that follows a repository of its own, as a person has it after the first day. */
export interface GitOps {
  readonly cluster: Cluster;
  readonly repository: PlatformRepository;
  readonly argocd: Argocd;
}

export interface GitOpsOptions {
  readonly cluster: ClusterOptions;
  /** Which of this repository's clusters it is. */
  readonly as: ClusterName;
  readonly repository: PlatformRepositoryOptions;
}

/** Applications that are there whatever the apps: argocd, platform, apps. */
export const ROOTS = ['apps', 'argocd', 'platform'] as const;

/** Resource health is kept beside Argo CD's cache only, unless asked for: a test that fails wants to say what is sick. */
export const KEEP_RESOURCE_HEALTH = { ARGOCD_APPLICATION_CONTROLLER_PERSIST_RESOURCE_HEALTH: 'true' } as const;

/**
 * For the tests of a file: a cluster with everything of its repository Synced and Healthy before the first of them, told of
 * every push by webhook, and gone after the last.
 */
export function useGitOps(options: GitOpsOptions): () => GitOps {
  let gitops: GitOps | undefined;
  let played: PlayedPlatform | undefined;
  let bootstrapped: Bootstrapped | undefined;
  let repository: PlatformRepository | undefined;
  // Before useCluster registers its own: what looks at the cluster ends before it.
  afterAll(async () => {
    await played?.end();
    await bootstrapped?.mirror.close();
    await repository?.close();
  });
  useCluster(options.cluster, async (cluster) => {
    repository = await PlatformRepository.create(options.repository);
    played = await playPlatform(cluster);
    bootstrapped = await bootstrapArgocd(cluster, options.as, repository, KEEP_RESOURCE_HEALTH);
    const { argocd } = bootstrapped;
    await waitForAllGood(cluster, repository.applicationNames(options.as), 240_000);
    gitops = { cluster, repository, argocd };
    followPushes(gitops);
  });
  return () => {
    if (gitops === undefined) throw new Error('Argo CD is not up yet: use it in a test or hook');
    return gitops;
  };
}

/** From now on Argo CD hears of every push. */
export function followPushes({ repository, argocd }: GitOps): void {
  repository.onPush = (pushed) => postPush(argocd, repository, pushed);
}
