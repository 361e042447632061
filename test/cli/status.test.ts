import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { temporaryRoot } from '../layout/temporary-root.js';
import { changed, recorded } from '../live/recorded.js';
import { recordedTools } from '../support/recorded-tools.js';
import { podinfo, prod } from '../support/repository.js';
import { program, spillway } from './run-spillway.js';

const app = `${podinfo.replace('6.9.2', '6.9.3')}release: {canary: [50%, pause]}\n`;
const root = { metadata: { name: 'platform' }, spec: { project: 'roots', source: { path: 'dist/prod/argocd' } } };
const application = changed(recorded('paused', 'Application'), { 'status.health.status': 'Healthy' });
const paused = recorded('paused', 'Rollout');
const stable = Object.values(recorded('paused', 'ReplicaSet 6b76c79787'));
const released = changed(paused, {
  ...{ 'status.phase': 'Healthy', 'status.stableRS': '65d8546f54', 'status.availableReplicas': 1 },
  ...{ 'status.pauseConditions': null, 'status.controllerPause': false },
});
const aborted = changed(released, {
  ...{ 'status.phase': 'Degraded', 'status.stableRS': '6b76c79787', 'status.abort': true },
  'status.message': 'RolloutAborted: Rollout aborted update to revision 2: Metric "web" assessed Failed',
});

/** A repository with one app, and a kubectl that answers with what is put down for it. */
function given(rollout: object) {
  const folder = temporaryRoot({ 'clusters/prod.yaml': prod, 'apps/podinfo.yaml': app });
  const get = 'kubectl --context=prod --request-timeout=20s get';
  const tools = recordedTools(temporaryRoot(), [
    [`${get} applications.argoproj.io *`, 'cat "$STATE/applications"'],
    [`${get} rollouts.argoproj.io podinfo --namespace=podinfo *`, 'cat "$STATE/rollout"'],
    [
      `${get} replicasets.apps --namespace=podinfo --selector=rollouts-pod-template-hash=6b76c79787 *`,
      'cat "$STATE/stable"',
    ],
    [`${get} pods --namespace=podinfo *`, ''],
    ['kubectl --context=gone *', 'echo "error: context \\"gone\\" does not exist" >&2; exit 1'],
    ['git -C *', 'exit 128'],
  ]);
  const put = (name: string, value: unknown) => {
    // In one stroke: kubectl may be reading it.
    writeFileSync(join(tools.state, `${name}.new`), JSON.stringify(value));
    renameSync(join(tools.state, `${name}.new`), join(tools.state, name));
  };
  put('applications', { kind: 'List', items: [root, application] });
  put('rollout', rollout);
  put('stable', recorded('paused', 'ReplicaSet 6b76c79787'));
  const env = { PATH: `${tools.bin}:/usr/bin:/bin` };
  const run = (...args: string[]) => spillway(folder, ['status', 'prod', '--context', 'prod', ...args], env);
  return { folder, tools, put, env, run };
}

describe('spillway status', () => {
  test('shows the one app, and fails where it has failed', () => {
    expect(stable.length).toBeGreaterThan(0);
    const { run, put } = given(paused);
    expect(run('--app', 'podinfo')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/podinfo +Synced +Healthy +canary 50 %.* podinfo:6\.9\.2 → 6\.9\.3/),
    });
    put('rollout', aborted);
    const failed = run('--app', 'podinfo', '--format', 'json');
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      version: 1,
      state: 'failed',
      apps: [{ name: 'podinfo', state: 'failed' }],
    });
  });

  test('--wait ends with 0 when it serves, and with 1 and the reason when it was rolled back', () => {
    const { run, put, tools } = given(released);
    expect(run('--app', 'podinfo', '--wait')).toMatchObject({ code: 0, stderr: '' });
    put('rollout', aborted);
    expect(run('--app', 'podinfo', '--wait')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'error: podinfo is not released: RolloutAborted: Rollout aborted update to revision 2',
      ),
    });
    // Whoever waits need not be allowed to read Secrets.
    expect(tools.calls().filter((call) => / get secret /.test(call))).toEqual([]);
  });

  test('says in a line what keeps it from looking', () => {
    const { run, put } = given(paused);
    expect(run('--context', 'gone')).toMatchObject({ code: 2, stdout: '' });
    expect(run('--context', 'gone').stderr).toMatch(/^error: context "gone" does not exist\n {2}hint: .*--context/);
    put('applications', { kind: 'List', items: [{ ...root, spec: { source: { path: 'dist/staging/argocd' } } }] });
    expect(run('--app', 'podinfo').stderr).toContain('this is not cluster prod: its root reads dist/staging/argocd');
    expect(run('--app', 'podnfo').stderr).toContain('did you mean podinfo?');
    expect(run('--timeout', 'soon')).toMatchObject({ code: 2, stderr: expect.stringContaining('durations such as') });
  });

  test('--watch prints a line for each change, until it is interrupted', async () => {
    const { folder, env, put } = given(paused);
    const args = [
      'status',
      'prod',
      '--context',
      'prod',
      '--app',
      'podinfo',
      '--watch',
      '--interval',
      '1s',
      '--format',
      'json',
    ];
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env });
    try {
      const states: string[] = [];
      let rest = '';
      await new Promise<void>((resolve, reject) => {
        child.on('close', () => {
          reject(new Error(`it ended by itself after ${states.join(', ')}`));
        });
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) states.push((JSON.parse(line) as { state: string }).state);
          if (states.length === 1) put('rollout', released);
          if (states.length === 2) resolve();
        });
      });
      expect(states).toEqual(['waiting', 'good']);
    } finally {
      child.removeAllListeners('close').kill();
    }
  });
});
