import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../src/model/kube-object.js';
import { nodeLifecycleLabel } from '../../src/model/node-lifecycle.js';
import { nodeTerminationHandlerRequests } from '../../src/model/node-termination-handler.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { chartObjects } from '../chart.js';
import { addClusterAccess } from './access.js';
import { resources, restrictedContainer } from './controller-pod.js';
import type { Controller } from './controller.js';
import { addServiceAccount, objectMeta, selectorLabels } from './controller.js';

/**
 * The Node Termination Handler, which drains a Spot node within its two minutes' notice: one pod on every self-managed Spot node, reading
 * the node's own metadata. Objects, environment and rights as in the chart of v1.25.6 (config/helm), with what differs said beside it.
 * No disruption budget: a drain leaves DaemonSets alone.
 */
export function nodeTerminationHandlerObjects(cluster: ResolvedCluster): KubeObject[] {
  const { version, image } = cluster.components.nodeTerminationHandler;
  const controller: Controller = { name: 'aws-node-termination-handler', namespace: 'kube-system', version };
  return chartObjects('node-termination-handler', (chart) => {
    addServiceAccount(chart, controller);
    addClusterAccess(chart, controller, rules);
    addDaemonSet(chart, controller, image);
  });
}

const rules: k8s.PolicyRule[] = [
  // It finds its own node, cordons, taints and labels it.
  { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'patch', 'update'] },
  // What is to be drained, and what cannot be.
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  // The drain leaves out pods whose DaemonSet would only put them back. The chart asks for `extensions` too, which is gone since 1.16.
  { apiGroups: ['apps'], resources: ['daemonsets'], verbs: ['get'] },
];

function addDaemonSet(chart: Chart, controller: Controller, image: string): void {
  const labels = selectorLabels(controller);
  new k8s.KubeDaemonSet(chart, 'daemon-set', {
    metadata: objectMeta(controller),
    spec: {
      revisionHistoryLimit: 5,
      selector: { matchLabels: labels },
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: k8s.IntOrString.fromString('25%') },
      },
      template: { metadata: { labels }, spec: podSpec(controller, image) },
    },
  });
}

function podSpec(controller: Controller, image: string): k8s.PodSpec {
  return {
    serviceAccountName: controller.name,
    priorityClassName: 'system-node-critical',
    enableServiceLinks: false,
    // The metadata service answers the host whatever its hop limit for pods.
    hostNetwork: true,
    dnsPolicy: 'ClusterFirstWithHostNet',
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: controller.name,
        image,
        imagePullPolicy: 'IfNotPresent',
        env: environment,
        resources: resources({ ...nodeTerminationHandlerRequests, memoryLimitMiB: 128 }),
        securityContext: restrictedContainer,
        volumeMounts: [{ name: 'uptime', mountPath: '/proc/uptime', readOnly: true }],
      },
    ],
    // How long the node has been up: after a reboot that was announced to it, it takes its cordon off again.
    volumes: [{ name: 'uptime', hostPath: { path: '/proc/uptime' } }],
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    affinity: { nodeAffinity: selfManagedSpot },
    // It must run, and go on running, on the node that it has just tainted.
    tolerations: [{ operator: 'Exists' }],
  };
}

/** Nodes of managed groups bear the name of their group: AWS drains those itself, and two that drain one node disturb each other. */
const selfManagedSpot: k8s.NodeAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [
      {
        matchExpressions: [
          { key: nodeLifecycleLabel, operator: 'In', values: ['spot'] },
          { key: 'eks.amazonaws.com/nodegroup', operator: 'DoesNotExist' },
        ],
      },
    ],
  },
};

const settings: Readonly<Record<string, string>> = {
  // What it acts on.
  ENABLE_SPOT_INTERRUPTION_DRAINING: 'true',
  ENABLE_SCHEDULED_EVENT_DRAINING: 'true',
  // When the Auto Scaling group itself ends an instance (refresh, maximum lifetime). Costs one more question; no such state is a 404.
  ENABLE_ASG_LIFECYCLE_DRAINING: 'true',
  // A recommendation may come long before an interruption or without one: it would take a node out of use that runs on.
  ENABLE_REBALANCE_MONITORING: 'false',
  ENABLE_REBALANCE_DRAINING: 'false',
  ENABLE_SQS_TERMINATION_DRAINING: 'false',

  // What it does. The taint, unlike the cordon, also keeps away pods that tolerate unschedulable nodes, and says why (chart: false).
  TAINT_NODE: 'true',
  CORDON_ONLY: 'false',
  DRY_RUN: 'false',
  DELETE_LOCAL_DATA: 'true',
  IGNORE_DAEMON_SETS: 'true',
  // Each pod's own grace period; and how long before the end it begins, which for a Spot notice is at once.
  POD_TERMINATION_GRACE_PERIOD: '-1',
  NODE_TERMINATION_GRACE_PERIOD: '120',
  // For clusters whose volumes do not come loose by themselves; it would delete pods past their budget.
  ENABLE_OUT_OF_SERVICE_TAINT: 'false',
  // Load balancers here send to pods, not to nodes.
  EXCLUDE_FROM_LOAD_BALANCERS: 'false',

  // How it reads and reports.
  METADATA_TRIES: '3',
  UPTIME_FROM_FILE: '/proc/uptime',
  EMIT_KUBERNETES_EVENTS: 'false',
  LOG_LEVEL: 'info',
  LOG_FORMAT_VERSION: '1',
  JSON_LOGGING: 'false',
  // Both would open a port of the host on every Spot node; it ends by itself when it cannot read the metadata any more.
  ENABLE_PROBES_SERVER: 'false',
  PROBES_SERVER_PORT: '8080',
  PROBES_SERVER_ENDPOINT: '/healthz',
  ENABLE_PROMETHEUS_SERVER: 'false',
  PROMETHEUS_SERVER_PORT: '9092',
};

const environment: k8s.EnvVar[] = [
  { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
  ...Object.entries(settings).map(([name, value]) => ({ name, value })),
];
