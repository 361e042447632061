import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { nodeLifecycleLabel } from '../../src/model/node-lifecycle.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { present, unlessEmpty } from '../present.js';
import type { Controller } from './controller.js';
import { objectMeta, selectorLabels } from './controller.js';

/** What one controller's Deployment has of its own; all of them share the rest. */
export interface ControllerDeployment {
  readonly replicas: number;
  /** Uid and gid of the image's user. */
  readonly user: number;
  /** Without `securityContext`: every controller has the same. */
  readonly container: Omit<k8s.Container, 'securityContext' | 'imagePullPolicy' | 'name'>;
  readonly podAnnotations?: Record<string, string>;
  readonly volumes?: readonly k8s.Volume[];
  readonly tolerations?: readonly k8s.Toleration[];
  readonly dnsPolicy?: string;
}

/** What Pod Security `restricted` asks of a container, and a root file system that nobody writes to. */
export const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/**
 * The Deployment of a controller: on on-demand nodes, because an interruption that takes the apps' nodes must not take what repairs
 * them; ahead of the apps (system-cluster-critical); never fewer pods than before while it is updated.
 */
export function addControllerDeployment(
  chart: Chart,
  cluster: ResolvedCluster,
  controller: Controller,
  deployment: ControllerDeployment,
): void {
  const labels = selectorLabels(controller);
  new k8s.KubeDeployment(chart, 'deployment', {
    metadata: objectMeta(controller),
    spec: {
      replicas: deployment.replicas,
      revisionHistoryLimit: 5,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
      },
      selector: { matchLabels: labels },
      template: {
        metadata: present<k8s.ObjectMeta>({ labels, annotations: deployment.podAnnotations }),
        spec: podSpec(cluster, controller, deployment),
      },
    },
  });
}

function podSpec(
  cluster: ResolvedCluster,
  controller: Controller,
  { container, user, replicas, volumes, tolerations, dnsPolicy }: ControllerDeployment,
): k8s.PodSpec {
  return present<k8s.PodSpec>({
    serviceAccountName: controller.name,
    priorityClassName: 'system-cluster-critical',
    enableServiceLinks: false,
    dnsPolicy,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      { name: controller.name, imagePullPolicy: 'IfNotPresent', ...container, securityContext: restrictedContainer },
    ],
    volumes: unlessEmpty(volumes ?? []),
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    affinity: { nodeAffinity: onDemandOnly },
    tolerations: unlessEmpty(tolerations ?? []),
    topologySpreadConstraints: unlessEmpty(replicas > 1 ? apart(cluster, controller) : []),
  });
}

const onDemandOnly: k8s.NodeAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: nodeLifecycleLabel, operator: 'In', values: ['on-demand'] }] }],
  },
};

/**
 * Two replicas on two nodes, and in two zones where there are two. `minDomains` makes the second one wait for a second node where only
 * one is left; a cluster that is content with a single on-demand node gets the wish instead of the rule, or it would buy one more.
 * By revision (matchLabelKeys): the old pods of an update, about to go, would otherwise let both new ones meet on one node.
 */
function apart(cluster: ResolvedCluster, controller: Controller): k8s.TopologySpreadConstraint[] {
  const shared = {
    maxSkew: 1,
    labelSelector: { matchLabels: selectorLabels(controller) },
    matchLabelKeys: ['pod-template-hash'],
  };
  const host = { ...shared, topologyKey: 'kubernetes.io/hostname' };
  return [
    onDemandNodesAtLeast(cluster) >= 2
      ? { ...host, whenUnsatisfiable: 'DoNotSchedule', minDomains: 2 }
      : { ...host, whenUnsatisfiable: 'ScheduleAnyway' },
    { ...shared, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
  ];
}

/** On-demand nodes that are there at the least. */
function onDemandNodesAtLeast({ nodeGroups }: ResolvedCluster): number {
  return nodeGroups.reduce((sum, { capacity, min }) => sum + (capacity === 'on-demand' ? min : 0), 0);
}

/** Requests and a memory limit, both of one size where no other limit is given; no CPU limit, which would only slow a controller down. */
export function resources(request: {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly memoryLimitMiB?: number;
}): k8s.ResourceRequirements {
  const { cpuMillis, memoryMiB, memoryLimitMiB = memoryMiB } = request;
  return {
    requests: {
      cpu: k8s.Quantity.fromString(`${cpuMillis}m`),
      memory: k8s.Quantity.fromString(`${memoryMiB}Mi`),
    },
    limits: { memory: k8s.Quantity.fromString(`${memoryLimitMiB}Mi`) },
  };
}
