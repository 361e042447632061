import type { ResolvedCluster } from '../../src/model/resolved.js';

/** Where Argo CD and everything that it reads about itself lives. */
export const argoCdNamespace = 'argocd';

/** The cluster that Argo CD runs on, as destinations name it. */
export const inCluster = 'https://kubernetes.default.svc';

/** Argo CD makes an AppProject `default` where there is none, and lets it do everything: so there is one, and it allows nothing. */
export const closedProject = 'default';

/** AppProject of the Application that manages Argo CD itself. */
export const argoCdProject = 'argocd';

/** AppProject of the two roots: Applications and AppProjects, nothing else. Who may make those may do anything, hence apart. */
export const rootsProject = 'roots';

/** AppProject of the platform's components. */
export const platformProject = 'platform';

/** AppProject of the one component that reaches into the namespaces of apps: the namespaces themselves, with their quotas. */
export const namespacesProject = 'platform-namespaces';

/** AppProject of the apps of one namespace. */
export function appsProject(namespace: string): string {
  return `apps-${namespace}`;
}

/** Path of a folder below dist/<cluster>, as Argo CD finds it in the repository. */
export function renderedPath(cluster: ResolvedCluster, folder: string): string {
  return `${cluster.gitops.pathPrefix}dist/${cluster.name}/${folder}`;
}
