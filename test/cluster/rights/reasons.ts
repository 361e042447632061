import type { KnownRefusal, Reason } from './judge.js';

/** Why rights are rendered that `npm run test:cluster` does not show in use, or not each time. */
export const REASONS: readonly Reason[] = [
  {
    role: 'ClusterRole/system:metrics-server',
    rights: ['get nodes/metrics'],
    when: 'unseen',
    why: 'the kubelet asks whether metrics-server may; kwok’s let everybody in. rights.test.ts puts the kubelet’s question to the API server',
    source: 'kubernetes v1.35.4, pkg/kubelet/server/auth.go',
  },
  {
    role: 'ClusterRole/system:aggregated-metrics-reader',
    rights: 'all',
    when: 'unseen',
    why: 'for people who may view a namespace; no service account has it. rights.test.ts asks for one of its rights',
    source: 'metrics-server v0.9.0, manifests/base/rbac.yaml',
  },
  ...['admin', 'edit', 'view'].map((role): Reason => ({
    role: `ClusterRole/argo-rollouts-aggregate-to-${role}`,
    rights: 'all',
    when: 'unseen',
    why: `for people who have ${role} in a namespace; no service account has it. rights.test.ts asks for one of its rights`,
    source: 'argo-rollouts v1.9.1, manifests/base/argo-rollouts-aggregate-roles.yaml',
  })),
  {
    role: 'ClusterRole/argo-rollouts',
    rights: ['update analysisruns.argoproj.io/finalizers', 'update rollouts.argoproj.io/finalizers'],
    when: 'unseen',
    why: 'no request: admission asks for it where OwnerReferencesPermissionEnforcement is on. rights.test.ts turns it on and shows what happens without',
    source: 'kubernetes v1.35.4, plugin/pkg/admission/gc/gc_admission.go',
  },
  {
    role: 'ClusterRole/argo-rollouts',
    rights: ['patch rollouts.argoproj.io'],
    when: 'unseen',
    why: 'a notification that was sent is noted on its Rollout; without it the same one is sent again and again. None is rendered; who adds the ConfigMap has them',
    source: 'notifications-engine v0.5.0, pkg/controller/controller.go',
  },
  {
    role: 'ClusterRole/argo-rollouts',
    rights: ['get analysisruns.argoproj.io', 'get jobs.batch'],
    when: 'sometimes',
    why: 'asks the API server itself when its cache has not seen yet what it has made',
    source: 'argo-rollouts v1.9.1, rollout/analysis.go, metricproviders/job/job.go',
  },
  {
    role: 'ClusterRole/argo-rollouts',
    rights: ['patch events'],
    when: 'sometimes',
    why: 'an event that repeats itself is counted up',
    source: 'client-go v0.34.1, tools/record/event.go',
  },
  {
    role: 'ClusterRole/aws-node-termination-handler',
    rights: ['get nodes'],
    when: 'sometimes',
    why: 'reads the node again when somebody else has changed it meanwhile, and when no node bears its name as hostname label',
    source: 'aws-node-termination-handler v1.25.6, pkg/node/node.go',
  },
  {
    role: 'ClusterRole/cluster-autoscaler',
    rights: ['get nodes'],
    when: 'sometimes',
    why: 'reads the node again when somebody else has changed it while it was being tainted',
    source: 'cluster-autoscaler 1.35.2, utils/taints/taints.go',
  },
  {
    role: 'ClusterRole/cluster-autoscaler',
    rights: ['patch events'],
    when: 'sometimes',
    why: 'an event that repeats itself is counted up',
    source: 'client-go v0.35.6, tools/record/event.go',
  },
  {
    role: 'ClusterRole/cluster-autoscaler',
    rights: ['create pods/eviction', 'get pods'],
    when: 'sometimes',
    why: 'evicts pods, and waits for their end, where a node that it gives back still has some (seen in chain.test.ts on 2026-11-23)',
    source: 'cluster-autoscaler 1.35.2, core/scaledown/actuation/drain.go',
  },
  ...['ClusterRole/cluster-autoscaler', 'Role/kube-system/cluster-autoscaler'].map((role): Reason => ({
    role,
    rights: 'all',
    when: 'where it runs',
    why: 'the module proxy does not carry the Cluster Autoscaler: seen in use where CLUSTER_AUTOSCALER_BIN gives one, by chain.test.ts and rights.test.ts',
    source: 'a run with 1.35.2 on 2026-11-23',
  })),
];

/** What is asked for, refused, and not missed. */
export const KNOWN_REFUSALS: readonly KnownRefusal[] = [
  {
    serviceAccount: 'argo-rollouts/argo-rollouts',
    request: 'list secrets',
    why: 'looks for the kubeconfig of an Istio in another cluster; an error is taken for none',
    source: 'argo-rollouts v1.9.1, utils/istio/multicluster.go',
  },
  {
    serviceAccount: 'argo-rollouts/argo-rollouts',
    request: 'list virtualservices.networking.istio.io',
    why: 'looks whether there is an Istio; an error is taken for a no',
    source: 'argo-rollouts v1.9.1, utils/istio/istio.go',
  },
  {
    serviceAccount: 'argo-rollouts/argo-rollouts',
    request: 'create experiments.argoproj.io',
    why: 'the check `rollout-rights` refuses Rollouts with an experiment, for which no right is rendered; effects.test.ts shows what becomes of one',
    source: 'test/cluster/effects/rollouts.ts',
  },
];
