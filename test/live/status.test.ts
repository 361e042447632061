import { describe, expect, test } from '@jest/globals';
import { readApplication } from '../../src/live/application.js';
import { readRollout } from '../../src/live/rollout.js';
import { appStatus, clusterStatus } from '../../src/live/status.js';
import type { LiveCluster } from '../../src/live/status.js';
import { statusTable } from '../../src/report/status.js';
import { changed, recorded } from './recorded.js';

const [application, rollout] = [recorded('paused', 'Application'), recorded('paused', 'Rollout')];
const [old, now] = ['ghcr.io/stefanprodan/podinfo:6.9.2', 'ghcr.io/stefanprodan/podinfo:6.9.3'];
const podinfo = {
  ...({ name: 'podinfo', namespace: 'podinfo', workload: 'Rollout', image: now, selector: {}, secrets: [] } as const),
};
const healthy = { 'status.health.status': 'Healthy' };

interface Given {
  readonly application?: Readonly<Record<string, unknown>>;
  readonly rollout?: Readonly<Record<string, unknown>>;
}

/** What is live when podinfo is paused, with changes. */
function live(given: Given = {}, rest: Partial<LiveCluster> = {}): LiveCluster {
  return {
    applications: new Map([['podinfo', readApplication(changed(application, { ...healthy, ...given.application }))]]),
    workloads: new Map([['podinfo', readRollout(changed(rollout, given.rollout ?? {}), 'podinfo')]]),
    ...{ stableImages: new Map([['podinfo', old]]), objectProblems: new Map<string, string[]>() },
    ...{ missingSecrets: [], unread: [], ...rest },
  };
}

const table = (of: LiveCluster) =>
  statusTable(
    clusterStatus({ cluster: 'prod', repository: '', branch: '', rootPath: '', apps: [podinfo], platform: [] }, of),
    { colour: false },
  );
const aborted = {
  ...{
    'status.phase': 'Degraded',
    'status.abort': true,
    'status.pauseConditions': null,
    'status.controllerPause': false,
  },
  'status.message': 'RolloutAborted: Rollout aborted update to revision 2: Metric "success" assessed Failed',
};

describe('the status of an app', () => {
  test('that is paused for a person waits; its row says what serves and what comes', () => {
    expect(appStatus(podinfo, live()).state).toBe('waiting');
    expect(table(live())).toMatch(
      /podinfo +Synced +Healthy +canary 50 %, step 2 of 2, paused since 05:05:09 UTC until promoted, 2 of 1 pod +podinfo:6\.9\.2 → 6\.9\.3/,
    );
  });

  test('is not failed because its HPA has no metrics in the middle of a release', () => {
    expect(appStatus(podinfo, live({ application: { 'status.health.status': 'Degraded' } })).state).toBe('waiting');
  });

  test('that was aborted has failed, in the words of the controller', () => {
    const shown = table(live({ rollout: aborted }));
    expect(appStatus(podinfo, live({ rollout: aborted })).state).toBe('failed');
    expect(shown).toMatch(
      /podinfo +Synced +Healthy +aborted +podinfo:6\.9\.2 \(6\.9\.3 failed\)\n {2}RolloutAborted: .*assessed Failed/,
    );
  });

  test('that cannot be rendered has failed, though its health is Healthy', () => {
    const message =
      'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = dist/prod/apps/podinfo: app path does not exist';
    const broken = { 'status.sync.status': 'Unknown', 'status.conditions': [{ type: 'ComparisonError', message }] };
    expect(appStatus(podinfo, live({ application: broken }))).toMatchObject({
      state: 'failed',
      problems: ['ComparisonError: dist/prod/apps/podinfo: app path does not exist'],
    });
  });

  test('of which a sync is tried again says why it failed; of one that is Synced an old failure is history', () => {
    const failing = {
      ...{ 'status.operationState.phase': 'Running', 'status.operationState.retryCount': 2 },
      'status.operationState.message':
        'one or more objects failed to apply, reason: no. Retrying attempt #2 at 5:05AM.',
    };
    const outOfSync = { ...failing, 'status.sync.status': 'OutOfSync' };
    expect(appStatus(podinfo, live({ application: outOfSync })).problems).toEqual([
      'sync failed: one or more objects failed to apply, reason: no',
    ]);
    expect(appStatus(podinfo, live({ application: failing })).problems).toEqual([]);
  });

  test('that is not there yet is on its way', () => {
    const nothing = live({}, { applications: new Map(), workloads: new Map(), stableImages: new Map() });
    expect(appStatus(podinfo, nothing)).toMatchObject({ state: 'moving', health: 'Missing' });
    expect(table(nothing)).toMatch(/podinfo +– +Missing +– +podinfo:6\.9\.3 \(not there yet\)/);
  });

  test('says which version the specs want, where that is another', () => {
    expect(table(live({}, {})).includes('specs')).toBe(false);
    const other = statusTable(
      clusterStatus(
        {
          cluster: 'prod',
          repository: '',
          branch: '',
          rootPath: '',
          apps: [{ ...podinfo, image: old.replace('6.9.2', '7.0.0') }],
          platform: [],
        },
        live(),
      ),
      { colour: false },
    );
    expect(other).toContain('podinfo:6.9.2 → 6.9.3 (specs: 7.0.0)');
  });

  test('prints no escape sequence that a message brings along', () => {
    const evil = { ...aborted, 'status.message': 'RolloutAborted: \u001b[2J gone' };
    expect(table(live({ rollout: evil }))).not.toContain('\u001b');
  });
});

describe('the status of a cluster', () => {
  test('names apps that are live and in none of the specs, and Secrets that are missing', () => {
    const gone = readApplication(changed(application, { 'metadata.name': 'gone' }));
    const secret = {
      ...{ namespace: 'podinfo', name: 'keys', keys: ['a', 'b'], missingKeys: ['b'], absent: false, source: 'a vault' },
      apps: ['podinfo'],
    };
    const shown = table(live({}, { applications: new Map([['gone', gone]]), missingSecrets: [secret] }));
    expect(shown).toContain('In none of these specs: gone');
    expect(shown).toContain('podinfo/keys  lacks b  from: a vault  for: podinfo');
    expect(shown).toContain('  Secret keys is missing (b)');
  });
});
