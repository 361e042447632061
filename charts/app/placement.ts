import type { k8s } from 'cdk8s-plus-27';
import { nodeLifecycleLabel, spotTaint } from '../../src/model/node-lifecycle.js';
import type { NodeLifecycle } from '../../src/model/node-lifecycle.js';
import type { Placement, ResolvedApp } from '../../src/model/resolved.js';
import { podSelector } from './object-meta.js';

/** Where the app's pods and those that work for it may and would rather run: on-demand or Spot nodes. */
export function nodePlacement(placement: Placement): Pick<k8s.PodSpec, 'tolerations' | 'affinity'> {
  const nodeAffinity = nodeAffinitySpec(placement);
  return {
    ...(placement.tolerateSpotTaint && { tolerations: [{ ...spotTaint, operator: 'Equal' }] }),
    ...(nodeAffinity && { affinity: { nodeAffinity } }),
  };
}

function nodeAffinitySpec({ requireLifecycle, preferLifecycle }: Placement): k8s.NodeAffinity | undefined {
  if (requireLifecycle === undefined && preferLifecycle === undefined) return undefined;
  return {
    ...(requireLifecycle && {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [nodesOf(requireLifecycle)] },
    }),
    ...(preferLifecycle && {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: preferLifecycle.weight, preference: nodesOf(preferLifecycle.lifecycle) },
      ],
    }),
  };
}

function nodesOf(lifecycle: NodeLifecycle): k8s.NodeSelectorTerm {
  return { matchExpressions: [{ key: nodeLifecycleLabel, operator: 'In', values: [lifecycle] }] };
}

/** Label by which the controller of a kind tells the pods of two releases apart; a CronJob's runs have none. */
const revisionLabel = {
  Deployment: 'pod-template-hash',
  Rollout: 'rollouts-pod-template-hash',
  CronJob: undefined,
} as const;

/**
 * Even spread over zones and nodes, where the spec wants it. Each release is spread by itself (matchLabelKeys, on by default since
 * Kubernetes 1.27): the old pods, which are about to go, would otherwise leave the new ones lopsided.
 */
export function topologySpread(app: ResolvedApp, kind: keyof typeof revisionLabel): k8s.TopologySpreadConstraint[] {
  const { zoneSpread, hostSpread } = app.placement;
  const revision = revisionLabel[kind];
  const wanted = [
    { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: zoneSpread },
    { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: hostSpread },
  ];
  return wanted
    .filter(({ whenUnsatisfiable }) => whenUnsatisfiable !== 'none')
    .map((constraint) => ({
      ...constraint,
      maxSkew: 1,
      labelSelector: podSelector(app),
      ...(revision && { matchLabelKeys: [revision] }),
    }));
}
