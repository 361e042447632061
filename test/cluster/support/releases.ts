import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';

import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';
import { runningPodsOf } from './pods.js';

/** What tests read of a Rollout (argoproj.io/v1alpha1). */
export interface Rollout extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly spec: { readonly containers: readonly { name: string; image: string }[] } };
    readonly strategy: { readonly canary: { readonly steps: readonly object[] } };
  };
  readonly status?: {
    readonly phase?: string;
    readonly message?: string;
    readonly abort?: boolean;
    readonly currentStepIndex?: number;
    readonly stableRS?: string;
    readonly currentPodHash?: string;
    readonly pauseConditions?: readonly { readonly reason: string }[];
    readonly observedGeneration?: string;
  };
}

/** The Rollout of an app. */
export async function rolloutOf(cluster: Cluster, namespace: string, name: string): Promise<Rollout> {
  const [rollout] = await cluster.get<Rollout>('rollouts', name, `--namespace=${namespace}`);
  if (rollout === undefined) throw new Error(`no Rollout ${namespace}/${name}`);
  return rollout;
}

/** Running pods of an app by their image. */
export async function podsByImage(cluster: Cluster, namespace: string, app: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const pod of await runningPodsOf(cluster, namespace, app)) {
    const image = imageOf(pod, app);
    counts[image] = (counts[image] ?? 0) + 1;
  }
  return counts;
}

/** The same by the tags of the images: `{ '6.9.2': 3 }`. */
export async function podsByVersion(cluster: Cluster, namespace: string, app: string): Promise<Record<string, number>> {
  const images = Object.entries(await podsByImage(cluster, namespace, app));
  return Object.fromEntries(images.map(([image, count]) => [image.split(':').at(-1) ?? '', count]));
}

function imageOf(pod: V1Pod, container: string): string {
  return pod.spec?.containers.find(({ name }) => name === container)?.image ?? '';
}

/** One line of where a release is: `Paused, step 2 of 5`. */
export function describeRelease({ spec, status }: Rollout): string {
  const { phase = 'new', currentStepIndex, message } = status ?? {};
  const step =
    currentStepIndex === undefined ? '' : `, step ${currentStepIndex} of ${spec.strategy.canary.steps.length}`;
  return `${phase}${step}${message === undefined ? '' : ` (${message})`}`;
}

/** Waits until a Rollout is in this phase with this image, and returns it. */
export function waitForPhase(
  cluster: Cluster,
  namespace: string,
  name: string,
  phase: 'Healthy' | 'Paused' | 'Degraded' | 'Progressing',
  isIt: (rollout: Rollout) => boolean = () => true,
  timeoutMs = 180_000,
): Promise<Rollout> {
  return waitFor(
    `Rollout ${name} to be ${phase}`,
    async () => {
      const rollout = await rolloutOf(cluster, namespace, name);
      if (rollout.status?.phase === phase && isIt(rollout)) return rollout;
      throw new Error(describeRelease(rollout));
    },
    { timeoutMs, intervalMs: 200 },
  );
}
