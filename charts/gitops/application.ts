import type { Construct } from 'constructs';
import { Application } from '../../imports/argoproj.io.js';
import type { ApplicationSpecIgnoreDifferences, ApplicationSpecSource } from '../../imports/argoproj.io.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { argoCdNamespace, inCluster } from './names.js';

/** What differs from one Application to the next. */
export interface ApplicationOptions {
  readonly project: string;
  readonly source: ApplicationSpecSource;
  /** Namespace of its objects; each also says its own. */
  readonly namespace: string;
  /** Place in its root's order. Orders the creation of Applications, and nothing after that. */
  readonly wave?: number;
  /** Whether what Git no longer has is deleted. */
  readonly prune: boolean;
  /** Whether its objects go when it goes. */
  readonly deleteWithObjects?: boolean;
  readonly syncOptions?: readonly string[];
  readonly ignoreDifferences?: readonly ApplicationSpecIgnoreDifferences[];
}

/**
 * Rollback is `git revert`, as automated sync refuses any other: the history serves only to look things up.
 */
const revisionHistoryLimit = 3;

/** About a quarter of an hour of attempts: 5 s, 10 s, … 160 s, then every 3 minutes. */
const retryLimit = 10;

/**
 * Makes an Application that follows Git by itself.
 *
 * Without the annotation argocd.argoproj.io/manifest-generate-paths, which would spare it the commits that change nothing below its folder: to Argo CD
 * 3.5.3 these are then no new attempt, so that a sync that failed for a reason elsewhere stays failed, and a fix that is pushed while a sync runs
 * out of time is never applied (evaluateRevisionChanges in controller/state.go, alreadyAttemptedSync in controller/appcontroller.go; argoproj/argo-cd#27875).
 */
export function addApplication(scope: Construct, name: string, options: ApplicationOptions): void {
  const { project, source, namespace, wave, prune, deleteWithObjects, syncOptions, ignoreDifferences } = options;
  new Application(scope, `application-${name}`, {
    metadata: {
      name,
      namespace: argoCdNamespace,
      ...(wave !== undefined && { annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } }),
      // With its path: the API server warns of the bare name. Argo CD reads both alike (application_defaults.go, v3.5.3).
      ...(deleteWithObjects === true && { finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'] }),
    },
    spec: {
      project,
      source,
      destination: { server: inCluster, namespace },
      revisionHistoryLimit,
      syncPolicy: {
        // allowEmpty false: a folder that lost all its files is a mistake, not an order to delete everything.
        automated: { prune, selfHeal: true, allowEmpty: false },
        retry: {
          limit: retryLimit,
          backoff: { duration: '5s', factor: 2, maxDuration: '3m' },
          // An operation that retries is deaf to new commits otherwise: the commit that repairs it would wait for the last attempt.
          refresh: true,
        },
        ...(syncOptions !== undefined && { syncOptions: [...syncOptions] }),
      },
      ...(ignoreDifferences !== undefined && { ignoreDifferences: [...ignoreDifferences] }),
    },
  });
}

/** A folder of rendered files as a source: `path` is relative to the repository. */
export function gitSource(cluster: ResolvedCluster, path: string): ApplicationSpecSource {
  return { repoUrl: cluster.gitops.repository, targetRevision: cluster.gitops.branch, path };
}
