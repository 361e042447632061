import { describe, expect, test } from '@jest/globals';
import type { AppStatus, ClusterStatus } from '../../src/live/status.js';
import { appVerdict, clusterVerdict } from '../../src/live/verdict.js';
import type { Circumstances } from '../../src/live/verdict.js';
import type { LiveWorkload } from '../../src/live/workload.js';

const [old, now] = ['ghcr.io/acme/shop:1.0.0', 'ghcr.io/acme/shop:1.1.0'];
const commit = 'c'.repeat(40);
const workload: LiveWorkload = { kind: 'Rollout', namespace: 'shop', name: 'shop', image: now, phase: 'released' };

function app(
  parts: Partial<AppStatus> & { live?: string; phase?: LiveWorkload['phase']; message?: string } = {},
): AppStatus {
  const { live = now, phase = 'released', message, ...rest } = parts;
  return {
    ...{
      name: 'shop',
      namespace: 'shop',
      state: 'good',
      sync: 'Synced',
      health: 'Healthy',
      revision: commit,
      problems: [],
    },
    workload: { ...workload, phase, image: live, ...(message !== undefined && { message }) },
    images: { rendered: now, live },
    ...rest,
  };
}

const judge = (status: AppStatus, circumstances: Partial<Circumstances> = {}) =>
  appVerdict(status, { commit, isNewer: () => Promise.resolve(false), ...circumstances });

describe('the verdict on one app', () => {
  test('released: the rendered image alone serves, and its Application is Synced and Healthy', async () => {
    expect(await judge(app())).toEqual({ kind: 'released' });
  });

  test.each<[string, AppStatus]>([
    ['the old Synced and Healthy, right after a push', app({ live: old })],
    ['no workload yet', (({ workload: _, ...rest }) => rest)(app({ live: '' }))],
    ['a canary under way', app({ phase: 'progressing' })],
    ['a canary that is paused', app({ phase: 'paused', health: 'Suspended' })],
    ['not Synced, though all is released', app({ sync: 'OutOfSync' })],
    [
      'an older version that was aborted, before this one is synced',
      app({ live: old, phase: 'failed', message: 'aborted' }),
    ],
  ])('pending: %s', async (_, status) => {
    expect(await judge(status)).toMatchObject({ kind: 'pending' });
    expect(await judge(status)).not.toHaveProperty('patienceSeconds');
  });

  test('failed: this version was aborted; the reason is the controller’s', async () => {
    const message = 'RolloutAborted: Rollout aborted update to revision 3: Metric "success" assessed Failed';
    expect(await judge(app({ phase: 'failed', message, health: 'Degraded' }))).toEqual({
      kind: 'failed',
      reason: message,
    });
  });

  test('Degraded after the release is waited for a while: the HPA has no metrics yet', async () => {
    expect(await judge(app({ health: 'Degraded' }))).toMatchObject({ kind: 'pending', patienceSeconds: 180 });
  });

  test('what cannot be synced is waited for a while, but only where it is of this very commit', async () => {
    const stuck = app({ live: old, sync: 'Unknown', problems: ['ComparisonError: app path does not exist'] });
    const reason = 'ComparisonError: app path does not exist';
    expect(await judge(stuck)).toEqual({ kind: 'pending', reason, patienceSeconds: 120 });
    expect(await judge({ ...stuck, revision: 'b'.repeat(40) })).toEqual({ kind: 'pending', reason });
  });

  test('failed: a newer commit than this checkout has another image', async () => {
    const superseded = app({ live: old, revision: 'd'.repeat(40) });
    const isNewer = (revision: string) => Promise.resolve(revision === 'd'.repeat(40));
    expect(await judge(superseded, { isNewer })).toEqual({
      kind: 'failed',
      reason: `commit dddddddd, newer than this checkout, has ${old}`,
    });
    expect(await judge(superseded)).toMatchObject({ kind: 'pending' });
  });

  test('says where a canary stands', async () => {
    const status = app({ phase: 'paused', health: 'Suspended' });
    const canary = { step: 2, steps: 4, weightPercent: 25, pause: 'until-promoted' } as const;
    expect(await judge({ ...status, workload: { ...workload, phase: 'paused', canary } })).toMatchObject({
      reason: 'Synced, Suspended, canary at 25 % (step 2 of 4, paused until a person promotes it)',
    });
  });
});

describe('the verdict on a cluster', () => {
  const cluster = (parts: Partial<ClusterStatus>): ClusterStatus => ({
    ...{ cluster: 'prod', state: 'good', apps: [], unknownApps: [], platform: [], missingSecrets: [], unread: [] },
    ...parts,
  });
  const degraded = { name: 'platform', state: 'failed', sync: 'Synced', health: 'Degraded', problems: [] } as const;
  const secret = {
    ...{
      namespace: 'shop',
      name: 'keys',
      keys: ['a'],
      missingKeys: ['a'],
      absent: true,
      source: 'a vault',
      apps: ['shop'],
    },
  };

  test('released: all of it is good', () => {
    expect(clusterVerdict(cluster({ apps: [app()] }))).toEqual({ kind: 'released' });
  });

  test('pending: Degraded may pass while a cluster starts', () => {
    expect(clusterVerdict(cluster({ platform: [degraded] }))).toMatchObject({ kind: 'pending' });
  });

  test('names three that it waits for, and how many more', () => {
    const sick = ['a', 'b', 'c', 'd'].map((name) => ({ ...degraded, name, sync: 'OutOfSync', health: 'Missing' }));
    expect(clusterVerdict(cluster({ platform: sick }))).toMatchObject({
      reason: 'waiting for a (OutOfSync, Missing), b (OutOfSync, Missing), c (OutOfSync, Missing) and 1 more',
    });
  });

  test('failed: nothing but Secrets is missing, which a person must bring', () => {
    const waiting = app({ state: 'failed' });
    expect(clusterVerdict(cluster({ apps: [waiting], missingSecrets: [secret] }))).toEqual({
      kind: 'failed',
      reason: 'all else is healthy; missing Secrets: shop/keys',
    });
    const other = { ...app({ state: 'moving' }), name: 'other' };
    expect(clusterVerdict(cluster({ apps: [waiting, other], missingSecrets: [secret] }))).toMatchObject({
      kind: 'pending',
    });
  });
});
