import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Controller } from './controller.js';
import { clusterMeta, objectMeta } from './controller.js';

const rbac = 'rbac.authorization.k8s.io';

/** Lets the controller do what `rules` say in the whole cluster. */
export function addClusterAccess(
  chart: Chart,
  controller: Controller,
  rules: readonly k8s.PolicyRule[],
  name: string = controller.name,
): void {
  new k8s.KubeClusterRole(chart, 'cluster-role', { metadata: clusterMeta(controller, { name }), rules: [...rules] });
  bindClusterRole(chart, controller, name, name);
}

/** Gives the controller a ClusterRole that is there already, under a binding called `name`. */
export function bindClusterRole(chart: Chart, controller: Controller, name: string, clusterRole: string): void {
  new k8s.KubeClusterRoleBinding(chart, `cluster-role-binding-${name}`, {
    metadata: clusterMeta(controller, { name }),
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: clusterRole },
    subjects: [subject(controller)],
  });
}

/** Lets the controller do what `rules` say in its own namespace only. */
export function addNamespaceAccess(chart: Chart, controller: Controller, rules: readonly k8s.PolicyRule[]): void {
  new k8s.KubeRole(chart, 'role', { metadata: objectMeta(controller), rules: [...rules] });
  bindRole(chart, controller, controller.name, controller.name);
}

/** Gives the controller a Role of its namespace that is there already, under a binding called `name`. */
export function bindRole(chart: Chart, controller: Controller, name: string, role: string): void {
  new k8s.KubeRoleBinding(chart, `role-binding-${name}`, {
    metadata: objectMeta(controller, { name }),
    roleRef: { apiGroup: rbac, kind: 'Role', name: role },
    subjects: [subject(controller)],
  });
}

function subject({ name, namespace }: Controller): k8s.Subject {
  return { kind: 'ServiceAccount', name, namespace };
}
