import type { V1Pod } from '@kubernetes/client-node';
import { dump } from 'js-yaml';

import { apply } from './apply.js';
import type { Cluster } from './cluster.js';
import { containerOf, rigArguments } from './container.js';
import { nodeObject } from './nodes.js';
import type { KwokNode } from './nodes.js';
import { ManagedProcess } from './process.js';
import { waitFor } from './wait.js';

/** A group that the autoscaler may resize. */
export interface ScalableGroup {
  readonly min: number;
  readonly max: number;
  /** How many of its nodes are there already. */
  readonly current: number;
  /** What a new node looks like; its name is not used. */
  readonly template: KwokNode;
}

/** The binary with the kwok provider, where the machine has one: the module proxy does not carry its source. */
export function clusterAutoscalerBinary(): string | undefined {
  return process.env['CLUSTER_AUTOSCALER_BIN'];
}

/**
 * Runs the real Cluster Autoscaler with kwok as its cloud, under the rendered service account, with the rendered flags,
 * and waits for its first round. `changes` states what a test changes on top.
 */
export async function startClusterAutoscaler(
  cluster: Cluster,
  pod: V1Pod,
  groups: readonly ScalableGroup[],
  changes: Readonly<Record<string, string>> = {},
): Promise<ManagedProcess> {
  const autoscaler = await launchClusterAutoscaler(cluster, pod, groups, changes);
  await waitFor(
    'the Cluster Autoscaler to make its first round',
    async () => {
      autoscaler.mustRun();
      return (await autoscalerStatus(cluster, pod.metadata?.namespace ?? '')).includes('autoscalerStatus: Running');
    },
    { timeoutMs: 60_000, intervalMs: 500 },
  );
  return autoscaler;
}

/** What it says of itself for people, in its ConfigMap; '' while there is none. */
export async function autoscalerStatus(cluster: Cluster, namespace: string): Promise<string> {
  const name = ['configmap', 'cluster-autoscaler-status', `--namespace=${namespace}`];
  return (await cluster.tryKubectl(['get', ...name, '--output=json'])).stdout;
}

/** The same without the wait. Provider and discovery are the rig's, and the waits are shorter. */
export async function launchClusterAutoscaler(
  cluster: Cluster,
  pod: V1Pod,
  groups: readonly ScalableGroup[],
  changes: Readonly<Record<string, string>> = {},
): Promise<ManagedProcess> {
  const { site } = cluster;
  const binary = clusterAutoscalerBinary();
  if (binary === undefined) throw new Error('no CLUSTER_AUTOSCALER_BIN');
  const namespace = pod.metadata?.namespace ?? '';
  await apply(cluster, { objects: providerConfig(namespace, groups) });
  await forgetLastRun(cluster, namespace);
  const kubeconfig = await cluster.serviceAccountKubeconfig(namespace, pod.spec?.serviceAccountName ?? '');
  return cluster.adopt(
    new ManagedProcess({
      name: 'cluster-autoscaler',
      command: binary,
      logFile: site.logFile('cluster-autoscaler'),
      // On SIGTERM it deletes every node of its groups.
      stopSignal: 'SIGKILL',
      // The provider plays the cloud, whose rights are not the autoscaler's: it takes KUBECONFIG, not the flag.
      env: { POD_NAMESPACE: namespace, KWOK_PROVIDER_MODE: 'local', KUBECONFIG: cluster.kubeconfig },
      args: rigArguments(containerOf(pod).args ?? [], {
        without: ['node-group-auto-discovery'],
        plus: {
          'cloud-provider': 'kwok',
          kubeconfig,
          address: `127.0.0.1:${site.slot.port(12)}`,
          'scan-interval': '5s',
          'scale-down-delay-after-add': '30s',
          'scale-down-unneeded-time': '30s',
          // A node whose pods a budget holds for a moment is left alone for five minutes by default.
          'unremovable-node-recheck-timeout': '10s',
          ...changes,
        },
      }),
    }),
  );
}

/** A lease or a status of an earlier run would be waited out. */
async function forgetLastRun(cluster: Cluster, namespace: string): Promise<void> {
  await cluster.kubectl([
    'delete',
    'lease/cluster-autoscaler',
    'configmap/cluster-autoscaler-status',
    '--ignore-not-found',
    `--namespace=${namespace}`,
  ]);
}

function providerConfig(namespace: string, groups: readonly ScalableGroup[]): object[] {
  const config = {
    apiVersion: 'v1alpha1',
    readNodesFrom: 'configmap',
    nodegroups: { fromNodeAnnotationKey: 'cluster-autoscaler.kwok.nodegroup/name' },
    nodes: { skipTaint: true },
    configmap: { name: 'kwok-provider-templates' },
  };
  const templates = { apiVersion: 'v1', kind: 'List', items: groups.map(templateOf) };
  return [
    configMap(namespace, 'kwok-provider-config', { config: dump(config) }),
    configMap(namespace, 'kwok-provider-templates', { templates: dump(templates) }),
  ];
}

/** Without the hostname label: the provider would give all its nodes the same; kwok.ts adds each node's own. */
function templateOf({ min, max, current, template }: ScalableGroup): object {
  const node = nodeObject(template) as {
    metadata: { labels: Record<string, string>; annotations: Record<string, string> };
  };
  const { 'kubernetes.io/hostname': _, ...labels } = node.metadata.labels;
  const annotations = {
    ...node.metadata.annotations,
    'cluster-autoscaler.kwok.nodegroup/min-count': String(min),
    'cluster-autoscaler.kwok.nodegroup/max-count': String(max),
    'cluster-autoscaler.kwok.nodegroup/desired-count': String(current),
  };
  return { ...node, metadata: { ...node.metadata, labels, annotations } };
}

function configMap(namespace: string, name: string, data: Record<string, string>): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}
