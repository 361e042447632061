import type { k8s } from 'cdk8s-plus-27';

/**
 * What the Rollouts controller may do in the cluster: what a canary by pod ratio needs, with analysis by Job, web or CloudWatch. Read from
 * its source at v1.9.1 (every call of its clients; an informer that may not list keeps it from starting). Upstream's manifest grants more,
 * for what is not rendered here: traffic routers (Istio, SMI, Ambassador, ALB, App Mesh, Traefik, APISIX), experiments, workloadRef,
 * canary metadata on pods, and every Secret of the cluster, for metric providers and arguments that take their key from one.
 */
export function clusterRules(): k8s.PolicyRule[] {
  const argoproj = 'argoproj.io';
  return [
    // Its own objects; it writes defaults into the Rollout itself, and what it notified somebody of.
    { apiGroups: [argoproj], resources: ['rollouts'], verbs: ['get', 'list', 'patch', 'update', 'watch'] },
    { apiGroups: [argoproj], resources: ['rollouts/status'], verbs: ['patch', 'update'] },
    // An owner that blocks its own deletion may only be named by who may set its finalizers.
    {
      apiGroups: [argoproj],
      resources: ['analysisruns/finalizers', 'rollouts/finalizers'],
      verbs: ['update'],
    },
    // One AnalysisRun for an analysis, ended early by a patch, removed past the history limit.
    {
      apiGroups: [argoproj],
      resources: ['analysisruns'],
      verbs: ['create', 'delete', 'get', 'list', 'patch', 'watch'],
    },
    {
      apiGroups: [argoproj],
      resources: ['analysistemplates', 'clusteranalysistemplates', 'experiments'],
      verbs: ['list', 'watch'],
    },
    // One ReplicaSet for a revision.
    {
      apiGroups: ['apps'],
      resources: ['replicasets'],
      verbs: ['create', 'delete', 'list', 'patch', 'update', 'watch'],
    },
    // Pods of a revision are counted, and replaced one by one after `kubectl argo rollouts restart`, under their budgets.
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
    // The canary's Service is pointed at the canary's pods.
    { apiGroups: [''], resources: ['services'], verbs: ['list', 'patch', 'watch'] },
    // Watched whether a Rollout names one or not.
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: ['list', 'watch'] },
    // An analysis by Job.
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete', 'get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  ];
}

/** What it may do in its own namespace. */
export function namespaceRules(): k8s.PolicyRule[] {
  return [
    // The lock that lets one replica work at a time.
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    {
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      resourceNames: ['argo-rollouts-controller-lock'],
      verbs: ['get', 'update'],
    },
    // Its settings and those of its notifications. None is rendered: it does without, but not without being let look for them.
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['argo-rollouts-config'], verbs: ['get'] },
    {
      apiGroups: [''],
      resources: ['configmaps'],
      resourceNames: ['argo-rollouts-notification-configmap'],
      verbs: ['list', 'watch'],
    },
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: ['argo-rollouts-notification-secret'],
      verbs: ['list', 'watch'],
    },
  ];
}

/** What people with the roles `admin`, `edit` and `view` of a namespace may do with Rollouts there, as upstream grants it. */
export function peoplesRules(role: 'admin' | 'edit' | 'view'): k8s.PolicyRule[] {
  const objects = ['analysisruns', 'analysistemplates', 'clusteranalysistemplates', 'experiments', 'rollouts'];
  const read = ['get', 'list', 'watch'];
  return role === 'view'
    ? [{ apiGroups: ['argoproj.io'], resources: [...objects, 'rollouts/scale'], verbs: read }]
    : [
        {
          apiGroups: ['argoproj.io'],
          resources: [...objects, 'rollouts/scale', 'rollouts/status'],
          verbs: ['create', 'delete', 'deletecollection', 'patch', 'update', ...read],
        },
      ];
}
