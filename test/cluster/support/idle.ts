import { sleep, staysTrue, waitFor } from '../rig/wait.js';
import { applications, describeApplication, isGood } from './applications.js';
import type { GitOps } from './gitops.js';
import { KEEP_RESOURCE_HEALTH } from './gitops.js';
import { wishesOf } from './objects.js';

/** Compares every Application this often while it idles, instead of every two to three minutes: more chances to flap. */
export const FREQUENT_COMPARISON = {
  ...KEEP_RESOURCE_HEALTH,
  ARGOCD_RECONCILIATION_TIMEOUT: '15s',
  ARGOCD_RECONCILIATION_JITTER: '0s',
} as const;

/** What an idle cluster did that it should not have: empty where it only sat there. */
export interface Restlessness {
  /** Applications that were not Synced and Healthy at some moment. */
  readonly unwell: readonly string[];
  /** Syncs that began. */
  readonly syncs: readonly string[];
  /** Objects that somebody changed. */
  readonly changed: readonly string[];
  /** How often each Application was compared with Git at least. */
  readonly comparisons: number;
}

/**
 * Waits until what was done before has run out: an app's health passes through `apps` and `platform` up to `argocd`, each of them
 * a comparison later, so that all of them good at one moment is no rest yet. Two comparisons long they must be.
 */
export async function untilAtRest({ cluster }: Pick<GitOps, 'cluster'>): Promise<void> {
  const allGood = async (): Promise<boolean> => (await applications(cluster)).every(isGood);
  await waitFor(
    'all Applications to stay Synced and Healthy for 30 s',
    async () => {
      await staysTrue('all are Synced and Healthy', 30_000, allGood);
      return true;
    },
    { timeoutMs: 240_000 },
  );
}

/** Looks at an idle cluster for so long and says what stirred. */
export async function restlessness({ cluster }: GitOps, durationMs: number): Promise<Restlessness> {
  const before = await applications(cluster);
  const wishes = await wishesOf(cluster, before);
  const startedAt = new Map(before.map((it) => [it.metadata.name, it.status?.operationState?.startedAt]));
  const compared = new Map(before.map((it) => [it.metadata.name, new Set<string | undefined>()]));
  const unwell = new Set<string>();
  const syncs = new Set<string>();
  const end = Date.now() + durationMs;
  while (Date.now() < end) {
    for (const it of await applications(cluster)) {
      const { name } = it.metadata;
      if (!isGood(it)) unwell.add(describeApplication(it));
      if (it.status?.operationState?.startedAt !== startedAt.get(name)) syncs.add(name);
      compared.get(name)?.add(it.status?.reconciledAt);
    }
    await sleep(500);
  }
  const after = await wishesOf(cluster, before);
  const names = new Set([...Object.keys(wishes), ...Object.keys(after)]);
  return {
    unwell: [...unwell],
    syncs: [...syncs],
    changed: [...names].filter((name) => JSON.stringify(wishes[name]) !== JSON.stringify(after[name])),
    comparisons: Math.min(...[...compared.values()].map((times) => times.size)),
  };
}
