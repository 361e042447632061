import type { k8s } from 'cdk8s-plus-27';
import type { ResolvedCluster } from '../../src/model/resolved.js';

/**
 * What Cluster Autoscaler may do in the cluster. Read from its source at 1.33.6, 1.34.5 and 1.35.2 (every call of its clients, every
 * informer of its own and of the scheduler plugins that it runs); less than its example manifest grants: no endpoints (its lock is a
 * lease), no pods/status, no change of jobs, which it makes no call for. An informer that may not list keeps it from starting.
 */
export function clusterRules(cluster: ResolvedCluster): k8s.PolicyRule[] {
  return [
    // It marks nodes that are about to go by a taint, and takes the taint off those that stay.
    { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'update', 'watch'] },
    // Pending pods make it add nodes; `get` waits for the end of a pod that it evicted.
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    // It drains a node before it gives it back.
    { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
    // It says on pods, nodes and its status ConfigMap what it did and why not.
    { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    // Read by the scheduler plugins with which it tries whether a pod would fit: affinity, spread, volumes.
    {
      apiGroups: [''],
      resources: ['namespaces', 'persistentvolumeclaims', 'persistentvolumes', 'replicationcontrollers', 'services'],
      verbs: ['list', 'watch'],
    },
    // A pod may be moved only if something replaces it; a new node carries the DaemonSets' pods.
    { apiGroups: ['apps'], resources: ['daemonsets', 'replicasets', 'statefulsets'], verbs: ['list', 'watch'] },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['list', 'watch'] },
    // A node whose pods may not be disrupted now is no candidate.
    { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['list', 'watch'] },
    // How many volumes, and of which zone, a node can still take.
    {
      apiGroups: ['storage.k8s.io'],
      resources: ['csidrivers', 'csinodes', 'csistoragecapacities', 'storageclasses', 'volumeattachments'],
      verbs: ['list', 'watch'],
    },
    ...(readsDynamicResources(cluster)
      ? [
          // Devices that pods claim. Without it 1.35.2 waits for ever in `Initializing` (seen: rig.md B.4).
          {
            apiGroups: ['resource.k8s.io'],
            resources: ['deviceclasses', 'resourceclaims', 'resourceslices'],
            verbs: ['list', 'watch'],
          },
        ]
      : []),
  ];
}

/**
 * Dynamic resource allocation is off unless asked for up to 1.34, and locked to on from 1.35 (`enable-dynamic-resource-allocation` in
 * config/flags/flags.go of the releases above).
 */
function readsDynamicResources({ kubernetesVersion }: ResolvedCluster): boolean {
  const minor = Number(kubernetesVersion.split('.')[1]);
  return minor >= 35;
}

/** What it may do in its own namespace. */
export function namespaceRules(): k8s.PolicyRule[] {
  return [
    // The priority expander lists ConfigMaps of the namespace and picks its own by name; a new object cannot be named in a rule.
    { apiGroups: [''], resources: ['configmaps'], verbs: ['create', 'list', 'watch'] },
    // Its status, for people; removed when it ends.
    {
      apiGroups: [''],
      resources: ['configmaps'],
      resourceNames: ['cluster-autoscaler-status'],
      verbs: ['delete', 'get', 'update'],
    },
    // The lock that lets one replica work at a time, also during an update.
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    {
      apiGroups: ['coordination.k8s.io'],
      resources: ['leases'],
      resourceNames: ['cluster-autoscaler'],
      verbs: ['get', 'update'],
    },
  ];
}
