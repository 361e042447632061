import { join } from 'node:path';

import type { V1Pod } from '@kubernetes/client-node';

import { startArgocd } from '../rig/argocd.js';
import type { Argocd } from '../rig/argocd.js';
import type { Cluster } from '../rig/cluster.js';
import { runKubectl } from '../rig/kubectl.js';
import { startReleaseMirror } from '../rig/release-mirror.js';
import type { ReleaseMirror } from '../rig/release-mirror.js';
import { waitFor } from '../rig/wait.js';
import type { PushedRef } from '../../support/git-server.js';
import type { ClusterName } from './dist.js';
import { podOf } from './pods.js';
import type { PlatformRepository } from './platform-repository.js';

/** A bootstrapped Argo CD, and what it fetched its release from, which is to be closed. */
export interface Bootstrapped {
  readonly argocd: Argocd;
  readonly mirror: ReleaseMirror;
}

/**
 * From an empty cluster to a running Argo CD: `kubectl apply -k` on bootstrap/ as it is rendered, again until its kinds are known,
 * and then the real parts for the pods that came of it. The steps that `spillway bootstrap` takes are played in operate.test.ts.
 * @param env environment of Argo CD's parts on top of what is rendered
 */
export async function bootstrapArgocd(
  cluster: Cluster,
  name: ClusterName,
  repository: PlatformRepository,
  env: Readonly<Record<string, string>> = {},
): Promise<Bootstrapped> {
  const mirror = await startReleaseMirror(cluster);
  const folder = join(repository.folder, 'dist', name, 'bootstrap');
  // The first run makes the kinds that the second needs.
  await waitFor('bootstrap/ to be applied', () => applyBootstrap(cluster, mirror, folder), { timeoutMs: 60_000 });
  const [redis, repoServer, controller, server] = await Promise.all(
    ['argocd-redis', 'argocd-repo-server', 'argocd-application-controller', 'argocd-server'].map((workload) =>
      podOf(cluster, 'argocd', workload),
    ),
  );
  const pods = {
    'argocd-redis': redis as V1Pod,
    'argocd-repo-server': repoServer as V1Pod,
    'argocd-application-controller': controller as V1Pod,
    'argocd-server': server as V1Pod,
  };
  return { argocd: await startArgocd(cluster, pods, mirror, env), mirror };
}

async function applyBootstrap(cluster: Cluster, mirror: ReleaseMirror, folder: string): Promise<boolean> {
  const [command = '', ...prefix] = mirror.prefix;
  const kubectl = [cluster.site.file('kubectl'), 'apply', '--server-side', '--force-conflicts', '-k', folder];
  const { status, stderr } = await runKubectl(command, [...prefix, ...kubectl], {
    kubeconfig: cluster.kubeconfig,
    home: cluster.site.folder,
    env: mirror.env,
  });
  if (status !== 0) throw new Error(stderr);
  return true;
}

/** Tells Argo CD of a push as GitHub does. */
export async function postPush(argocd: Argocd, repository: PlatformRepository, pushed: PushedRef): Promise<void> {
  const status = await argocd.webhook(
    { 'content-type': 'application/json', 'x-github-event': 'push' },
    {
      ref: pushed.ref,
      before: pushed.old ?? '',
      after: pushed.new ?? '',
      repository: { html_url: repository.url.replace(/\.git$/, ''), default_branch: 'main' },
      commits: [],
    },
  );
  if (status !== 200) throw new Error(`Argo CD answers the webhook with ${status}`);
}
