import type { Construct } from 'constructs';
import { AppProject } from '../../imports/argoproj.io.js';
import type { GroupKind } from '../../src/model/project-kinds.js';
import { argoCdNamespace, inCluster } from './names.js';

/** What an AppProject lets its Applications do. */
export interface ProjectOptions {
  readonly description: string;
  readonly repositories: readonly string[];
  readonly namespaces: readonly string[];
  readonly clusterKinds: readonly GroupKind[];
  readonly namespacedKinds: readonly GroupKind[];
  /** Keep the project until its last Application is gone: without it an Application can delete nothing, and stays for ever. */
  readonly outlivesApplications?: boolean;
}

/**
 * Makes an AppProject that allows what is listed and nothing else. It comes before the Applications of its folder: one that names a
 * project which is not there is not tried again when the project comes.
 */
export function addProject(scope: Construct, name: string, options: ProjectOptions): void {
  new AppProject(scope, `project-${name}`, {
    metadata: {
      name,
      namespace: argoCdNamespace,
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
      // Bare, though the API server warns of it: of a project Argo CD knows no other spelling (app_project_types.go, v3.5.3).
      ...(options.outlivesApplications === true && { finalizers: ['resources-finalizer.argocd.argoproj.io'] }),
    },
    spec: {
      description: options.description,
      sourceRepos: [...options.repositories],
      destinations: options.namespaces.map((namespace) => ({ server: inCluster, namespace })),
      clusterResourceWhitelist: [...options.clusterKinds],
      namespaceResourceWhitelist: [...options.namespacedKinds],
    },
  });
}

/** Makes an AppProject that allows nothing. */
export function addClosedProject(scope: Construct, name: string): void {
  new AppProject(scope, `project-${name}`, {
    metadata: { name, namespace: argoCdNamespace, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: {
      description: 'Nothing may use it: every Application belongs to a project of its own',
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      // An empty list of allowed namespaced kinds is dropped on its way through the API and then allows all: forbid all instead.
      namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
    },
  });
}
