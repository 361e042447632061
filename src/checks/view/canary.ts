/** Pods of both versions at one step of a canary. */
export interface CanaryPods {
  readonly canary: number;
  readonly stable: number;
}

/**
 * Pods that Argo Rollouts runs of both versions for a share, without a traffic router. It takes the nearest of: the share of the
 * replicas rounded up or down, out of the replicas, or, where it may surge, out of one pod more; and never none of either
 * version where there is more than one pod (argo-rollouts v1.9.1, utils/replicaset/canary.go, approximateWeighted…Counts).
 */
export function canaryPods(replicas: number, weight: number, maxSurge: number): CanaryPods {
  if (replicas === 0) return { canary: 0, stable: 0 };
  const up = Math.ceil((replicas * weight) / 100);
  const down = Math.floor((replicas * weight) / 100);
  const noneIsAllowed = weight === 100 || weight === 0 || (replicas === 1 && maxSurge === 0);
  const mayRoundDown = (total: number) => !isHalf((total * weight) / 100) && (down !== 0 || noneIsAllowed);
  const options = [
    ...(up < replicas || noneIsAllowed ? [{ canary: up, total: replicas }] : []),
    ...(mayRoundDown(replicas) ? [{ canary: down, total: replicas }] : []),
    ...(maxSurge > 0 ? [{ canary: up, total: replicas + 1 }] : []),
    ...(maxSurge > 0 && mayRoundDown(replicas + 1) ? [{ canary: down, total: replicas + 1 }] : []),
  ];
  const delta = ({ canary, total }: { canary: number; total: number }) => Math.abs(weight - (100 * canary) / total);
  const best = options.reduce((a, b) => (delta(b) < delta(a) ? b : a), options[0] ?? { canary: 0, total: replicas });
  return { canary: best.canary, stable: best.total - best.canary };
}

function isHalf(value: number): boolean {
  return value - Math.floor(value) === 0.5;
}
