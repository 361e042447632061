/** A kind as AppProjects name it: without its version. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/**
 * Every kind that Spillway renders for an app. An app's AppProject allows them all, not just those that its apps hold today: Argo CD
 * does not see live objects of kinds that the project forbids (CompareAppState in controller/state.go and getPermittedAppLiveObjects
 * in controller/appcontroller.go, v3.5.3), so that it would neither prune nor delete what an app gives up. An app that goes from
 * Deployment to Rollout, as the last of its namespace with a Deployment, would leave the Deployment running behind its Service.
 */
export const appKinds = [
  { group: '', kind: 'ConfigMap' },
  { group: '', kind: 'PersistentVolumeClaim' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'argoproj.io', kind: 'AnalysisTemplate' },
  { group: 'argoproj.io', kind: 'Rollout' },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'batch', kind: 'CronJob' },
  { group: 'networking.k8s.io', kind: 'Ingress' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
] as const satisfies readonly GroupKind[];

/**
 * What controllers make of them. Argo CD shows only what the project allows (getResourceTree in controller/appcontroller.go): without
 * these an operator sees neither the pods of an app nor their logs and events.
 */
export const controlledKinds = [
  { group: '', kind: 'Pod' },
  { group: 'apps', kind: 'ReplicaSet' },
  { group: 'argoproj.io', kind: 'AnalysisRun' },
  { group: 'batch', kind: 'Job' },
] as const satisfies readonly GroupKind[];

/** The group and kind of an object. */
export function groupKindOf(object: { readonly apiVersion: string; readonly kind: string }): GroupKind {
  const slash = object.apiVersion.indexOf('/');
  return { group: slash === -1 ? '' : object.apiVersion.slice(0, slash), kind: object.kind };
}

/** The kinds of several lists, each once, by group and kind. */
export function distinctKinds(...lists: (readonly GroupKind[])[]): GroupKind[] {
  const byKey = new Map(lists.flat().map(({ group, kind }) => [`${group}/${kind}`, { group, kind }]));
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, groupKind]) => groupKind);
}
