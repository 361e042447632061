import { expect } from '@jest/globals';
import type { CoreV1Event, V1Pod, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';

import { apply } from '../rig/apply.js';
import type { Cluster } from '../rig/cluster.js';
import { waitFor } from '../rig/wait.js';

/** Where one check's effect is shown. */
export interface Scene {
  readonly cluster: Cluster;
  /** A namespace of its own, so that no case meets another's. */
  readonly namespace: string;
  /** What the case renders for its apps, in that namespace. */
  readonly objects: readonly object[];
  /** What it renders for the platform, in that namespace as far as it has one. */
  readonly platform: readonly object[];
}

/** Shows it, or throws. */
export type Effect = (scene: Scene) => Promise<void>;

/** The API server refuses an object, saying so. */
export function refused(text: RegExp): Effect {
  return async ({ cluster, objects }) => {
    await expect(apply(cluster, { objects })).rejects.toThrow(text);
  };
}

/** The workload is accepted and its pods are refused; only an event says so. */
export function podsRefused(text: RegExp): Effect {
  return async (scene) => {
    await apply(scene.cluster, scene);
    await failedCreate(scene, text);
  };
}

/** Waits until a pod was refused with these words. */
export async function failedCreate({ cluster, namespace }: Scene, text: RegExp): Promise<void> {
  await waitFor(`a FailedCreate event that matches ${String(text)}`, async () => {
    const events = await cluster.get<CoreV1Event>('events', `--namespace=${namespace}`);
    return events.some(({ reason, message = '' }) => reason === 'FailedCreate' && text.test(message));
  });
}

/** The pods are there and no node takes them. */
export function pending(text: RegExp): Effect {
  return async (scene) => {
    await apply(scene.cluster, scene);
    await waitFor(`a pending pod whose reason matches ${String(text)}`, async () => {
      const pods = await scene.cluster.get<V1Pod>('pods', `--namespace=${scene.namespace}`);
      return pods.some((pod) =>
        pod.status?.conditions?.some((it) => it.reason === 'Unschedulable' && text.test(it.message ?? '')),
      );
    });
  };
}

/** The eviction API lets no pod go. */
export function notEvicted(text: RegExp): Effect {
  return async (scene) => {
    await apply(scene.cluster, scene);
    const pod = await waitFor('a running pod', async () => {
      const pods = await scene.cluster.get<V1Pod>('pods', `--namespace=${scene.namespace}`);
      return pods.find(({ status }) => status?.phase === 'Running')?.metadata?.name;
    });
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: scene.namespace } };
    const path = `/api/v1/namespaces/${scene.namespace}/pods/${pod}/eviction`;
    // The budget's controller has to see the pods first; until then the answer is another one.
    await waitFor(`an eviction to be refused with ${String(text)}`, async () => {
      const { status, stderr } = await scene.cluster.tryKubectl(
        ['create', '--raw', path, '--filename=-'],
        JSON.stringify(eviction),
      );
      return status !== 0 && text.test(stderr);
    });
  };
}

/** The autoscaler says that it cannot. */
export function autoscalerCannot(reason: RegExp): Effect {
  return async (scene) => {
    await apply(scene.cluster, scene);
    await waitFor(
      `an HPA condition that matches ${String(reason)}`,
      async () => {
        const autoscalers = await scene.cluster.get<V2HorizontalPodAutoscaler>('hpa', `--namespace=${scene.namespace}`);
        const conditions = autoscalers.flatMap((it) => it.status?.conditions ?? []);
        return conditions.some((it) => it.status === 'False' && reason.test(`${it.reason ?? ''}: ${it.message ?? ''}`));
      },
      { timeoutMs: 90_000 },
    );
  };
}
