import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../src/model/kube-object.js';
import type { ResolvedCluster, ResolvedNodeGroup } from '../../src/model/resolved.js';
import { chartObjects } from '../chart.js';
import { addClusterAccess, addNamespaceAccess } from './access.js';
import { clusterRules, namespaceRules } from './cluster-autoscaler-access.js';
import type { ControllerDeployment } from './controller-pod.js';
import { addControllerDeployment, resources } from './controller-pod.js';
import type { Controller } from './controller.js';
import { addDisruptionBudget, addServiceAccount } from './controller.js';
import { addPriorityExpander } from './priority-expander.js';

/** Cluster Autoscaler of the cluster's minor: on-demand first, then Spot, then back. */
export function clusterAutoscalerObjects(cluster: ResolvedCluster): KubeObject[] {
  const role = cluster.controllerRoles.clusterAutoscaler;
  const controller: Controller = {
    name: role.serviceAccount,
    namespace: role.namespace,
    version: cluster.components.clusterAutoscaler.version,
  };
  return chartObjects('cluster-autoscaler', (chart) => {
    addServiceAccount(chart, controller, role);
    addClusterAccess(chart, controller, clusterRules(cluster));
    addNamespaceAccess(chart, controller, namespaceRules());
    addPriorityExpander(chart, controller, cluster.nodeGroups);
    addControllerDeployment(chart, cluster, controller, deployment(cluster, controller));
    addDisruptionBudget(chart, controller);
  });
}

function deployment(cluster: ResolvedCluster, controller: Controller): ControllerDeployment {
  return {
    // A second one would only hold 600 MiB and wait: nodes that are there run on without it.
    replicas: 1,
    user: 65534,
    // Its own node is no candidate for removal: it would evict itself half-way through, and start again with the same idea.
    podAnnotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
    // The node's resolver: it asks for AWS's names only, and must be able to bring nodes back when CoreDNS has none to run on.
    dnsPolicy: 'Default',
    tolerations: afterAMinute,
    container: {
      image: cluster.components.clusterAutoscaler.image,
      command: ['./cluster-autoscaler'],
      args: flags(cluster, controller),
      env: [{ name: 'AWS_REGION', value: cluster.region }],
      ports: [{ name: 'http', containerPort: 8085, protocol: 'TCP' }],
      // Answers 500 after ten minutes without a loop or fifteen without a good one (--max-inactivity, --max-failing-time).
      livenessProbe: {
        httpGet: { path: '/health-check', port: k8s.IntOrString.fromString('http') },
        periodSeconds: 20,
        timeoutSeconds: 5,
        failureThreshold: 3,
      },
      // 100m and 600Mi as in its example manifest for AWS.
      resources: resources({ cpuMillis: 100, memoryMiB: 600 }),
    },
  };
}

/** A single replica on a node that is gone starts elsewhere after one minute, not after the usual five: who else would replace the node? */
const afterAMinute: k8s.Toleration[] = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map(
  (key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }),
);

function flags(cluster: ResolvedCluster, { namespace }: Controller): string[] {
  const { scaleDownUnneededSeconds, scaleDownAfterAddSeconds } = cluster.autoscaler;
  const discoveryTags = `k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/${cluster.name}`;
  return [
    '--cloud-provider=aws',
    `--namespace=${namespace}`,
    `--node-group-auto-discovery=asg:tag=${discoveryTags}`,
    // First who may be bought at all, then what fits best among groups of one priority.
    '--expander=priority,least-waste',
    ...(hasZonalGroups(cluster.nodeGroups) ? ['--balance-similar-node-groups=true'] : []),
    // An emptyDir is lost with its pod anyway; the default would keep a node for every pod that has one.
    '--skip-nodes-with-local-storage=false',
    `--scale-down-unneeded-time=${scaleDownUnneededSeconds}s`,
    `--scale-down-delay-after-add=${scaleDownAfterAddSeconds}s`,
    '--leader-elect=true',
    '--stderrthreshold=info',
    '--v=4',
  ];
}

/**
 * Whether one capacity is bought in several groups of different zones: only then there is anything to balance. Cluster Autoscaler takes
 * no on-demand group for similar to a Spot group, since their labels differ.
 */
function hasZonalGroups(nodeGroups: readonly ResolvedNodeGroup[]): boolean {
  return nodeGroups.some((a, index) =>
    nodeGroups
      .slice(index + 1)
      .some(
        (b) =>
          a.capacity === b.capacity &&
          a.availabilityZones !== undefined &&
          b.availabilityZones !== undefined &&
          !a.availabilityZones.some((zone) => b.availabilityZones?.includes(zone)),
      ),
  );
}
