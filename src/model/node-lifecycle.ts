/**
 * The one label and the one taint by which pods choose between on-demand and Spot nodes.
 * Not under kubernetes.io: the kubelet may not set most labels there (NodeRestriction).
 */
export const nodeLifecycleLabel = 'node-lifecycle';

export type NodeLifecycle = 'on-demand' | 'spot';

/** Soft: a pod without a toleration goes to Spot only where nothing else has room (../../docs/capacity.md has the measurements). */
export const spotTaint = { key: nodeLifecycleLabel, value: 'spot', effect: 'PreferNoSchedule' } as const;
