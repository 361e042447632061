import type { Chart } from 'cdk8s';
import { controlledKinds, distinctKinds } from '../../src/model/project-kinds.js';
import type { GroupKind } from '../../src/model/project-kinds.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { argoCdNamespace, argoCdProject, rootsProject } from './names.js';
import { addProject } from './project.js';

const applicationKinds: readonly GroupKind[] = [
  { group: 'argoproj.io', kind: 'AppProject' },
  { group: 'argoproj.io', kind: 'Application' },
];

/** Kinds of upstream's manifests/install.yaml (argo-cd v3.5.3) and of what bootstrap/ adds. */
const argoCdKinds = {
  cluster: [
    { group: '', kind: 'Namespace' },
    { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  namespaced: [
    { group: '', kind: 'ConfigMap' },
    { group: '', kind: 'Secret' },
    { group: '', kind: 'Service' },
    { group: '', kind: 'ServiceAccount' },
    { group: 'apps', kind: 'Deployment' },
    { group: 'apps', kind: 'StatefulSet' },
    { group: 'networking.k8s.io', kind: 'Ingress' },
    { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
    { group: 'policy', kind: 'PodDisruptionBudget' },
    { group: 'rbac.authorization.k8s.io', kind: 'Role' },
    { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
  ],
} as const satisfies Record<string, readonly GroupKind[]>;

/** AppProject of Argo CD itself. */
export function addArgoCdProject(chart: Chart, cluster: ResolvedCluster): void {
  addProject(chart, argoCdProject, {
    description: 'Argo CD itself: dist/<cluster>/bootstrap',
    repositories: [cluster.gitops.repository],
    namespaces: [argoCdNamespace],
    clusterKinds: argoCdKinds.cluster,
    namespacedKinds: distinctKinds(argoCdKinds.namespaced, applicationKinds, controlledKinds),
  });
}

/** AppProject of the two roots. */
export function addRootsProject(chart: Chart, cluster: ResolvedCluster): void {
  addProject(chart, rootsProject, {
    description: 'The roots, platform and apps: Applications and AppProjects only',
    repositories: [cluster.gitops.repository],
    namespaces: [argoCdNamespace],
    clusterKinds: [],
    namespacedKinds: applicationKinds,
  });
}
