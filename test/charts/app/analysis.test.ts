import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { analysisScript } from '../../../charts/app/analysis-job.js';
import { service, spec } from './render.js';

interface Job {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: Record<string, unknown> & {
    readonly activeDeadlineSeconds: number;
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: Record<string, unknown> & { readonly containers: readonly Record<string, unknown>[] };
    };
  };
}

const metric = (app: string) => (spec(app, 'AnalysisTemplate', 'shop-analysis') as { metrics: unknown[] }).metrics[0];
const job = (app: string) => (metric(app) as { provider: { job: Job } }).provider.job;
const byJob = (fields: string, ...lines: string[]) =>
  service(`release: {canary: [50%, 1m], analysis: {job: ${fields}}}`, ...lines);

describe('an analysis by a Job', () => {
  test('measures once and bears no failure', () => {
    expect(metric(byJob('{}'))).toMatchObject({ name: 'requests', count: 1, failureLimit: 0 });
  });

  test('calls the canary’s own Service by the port that the Service offers', () => {
    const app = byJob('{path: /ready, requests: 40, maxErrors: 3%, timeout: 2s}').replace(
      'port: 8080',
      'ports: [{name: http, port: 8080, servicePort: 80}]',
    );
    expect(job(app).spec.template.spec.containers[0]?.['env']).toEqual([
      { name: 'URL', value: 'http://shop-canary.shop.svc:80/ready' },
      { name: 'REQUESTS', value: '40' },
      { name: 'MAX_ERRORS_PERCENT', value: '3' },
      { name: 'TIMEOUT_SECONDS', value: '2' },
    ]);
  });

  test('runs pods that are none of the app’s', () => {
    const { metadata, spec: jobSpec } = job(byJob('{}', 'labels: {team: a}'));
    expect(jobSpec.template.metadata.labels).toEqual({
      'app.kubernetes.io/name': 'shop-analysis',
      'app.kubernetes.io/managed-by': 'spillway',
      team: 'a',
    });
    expect(metadata.labels).toEqual(jobSpec.template.metadata.labels);
  });

  test('fits Pod Security restricted, has no token and is not the app', () => {
    const { spec: podSpec } = job(byJob('{}')).spec.template;
    expect(podSpec).toMatchObject({
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(podSpec).not.toHaveProperty('serviceAccountName');
    expect(podSpec.containers[0]).toMatchObject({
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '32Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
    });
  });

  test('has one try, which a drained node does not use up, and an end', () => {
    expect(job(byJob('{}')).spec).toMatchObject({
      backoffLimit: 0,
      podFailurePolicy: { rules: [{ action: 'Ignore' }] },
      ttlSecondsAfterFinished: 86400,
    });
  });

  test('has time for every request to be slow', () => {
    const deadline = (fields: string) => job(byJob(fields)).spec.activeDeadlineSeconds;
    expect(deadline('{requests: 200, timeout: 10s}')).toBeGreaterThan(200 * 10 + 300);
    expect(deadline('{requests: 200}') - deadline('{requests: 100}')).toBe(100 * 5);
  });

  test('is placed like the app', () => {
    const { spec: podSpec } = job(byJob('{}', 'capacity: prefer-spot', 'priorityClassName: high')).spec.template;
    expect(podSpec['tolerations']).toHaveLength(1);
    expect(podSpec['affinity']).toHaveProperty('nodeAffinity');
    expect(podSpec['priorityClassName']).toBe('high');
  });
});

describe('the script of the Job', () => {
  let bin = '';
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), 'spillway-'));
  });
  afterEach(() => {
    rmSync(bin, { recursive: true });
  });

  /** Runs it against a wget that answers by the numbers of the requests that fail. */
  function run(failing: readonly number[], environment: Record<string, string> = {}) {
    const program = (name: string, body: string) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    program('sleep', 'exit 0');
    program(
      'wget',
      `echo "$@" >>${bin}/calls; n=$(grep -c . ${bin}/calls); case " ${failing.join(' ')} " in *" $n "*) exit 1;; esac`,
    );
    const env = {
      PATH: `${bin}:/usr/bin:/bin`,
      URL: 'http://x/ok',
      REQUESTS: '20',
      MAX_ERRORS_PERCENT: '10',
      TIMEOUT_SECONDS: '3',
      ...environment,
    };
    const calls = () => readFileSync(join(bin, 'calls'), 'utf8').trim().split('\n');
    try {
      const output = execFileSync('/bin/sh', ['-c', analysisScript], { env, encoding: 'utf8' });
      return { passed: true, output: output.trim(), calls: calls() };
    } catch (error) {
      return { passed: false, output: (error as { stdout: string }).stdout.trim(), calls: calls() };
    }
  }
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test('passes where every request succeeds, after one that is not counted', () => {
    const { passed, output, calls } = run([]);
    expect({ passed, output }).toEqual({
      passed: true,
      output: 'passed: 0 of 20 requests to http://x/ok failed, 2 may',
    });
    expect(calls).toHaveLength(21);
    expect(calls[0]).toBe('-q -t 1 -T 3 -O /dev/null http://x/ok');
  });

  test('bears as many errors as the share allows', () => {
    expect(run([5, 9])).toMatchObject({
      passed: true,
      output: 'passed: 2 of 20 requests to http://x/ok failed, 2 may',
    });
  });

  test('fails with the first error above it, without asking on', () => {
    const { passed, output, calls } = run([5, 9, 10]);
    expect({ passed, output }).toEqual({
      passed: false,
      output: 'failed: 3 of 9 requests to http://x/ok failed, 2 of 20 may',
    });
    expect(calls).toHaveLength(10);
  });

  test('bears none where the share is none', () => {
    expect(run([21], { MAX_ERRORS_PERCENT: '0' })).toMatchObject({ passed: false });
  });

  test('waits for the first answer', () => {
    expect(run(range(1, 11))).toMatchObject({ passed: true, output: expect.stringContaining('passed: 0 of 20') });
  });

  test('fails where none comes', () => {
    const { passed, output, calls } = run(range(1, 100));
    expect({ passed, output }).toEqual({
      passed: false,
      output: 'failed: no good answer from http://x/ok in 12 tries',
    });
    expect(calls).toHaveLength(12);
  });

  test('holds nothing that the Rollouts controller would take for an argument of its own', () => {
    expect(analysisScript).not.toContain('{{');
  });
});

describe('an analysis by a web metric', () => {
  const web = (url: string) =>
    service(
      `release: {canary: [50%, 1m], analysis: {web: {url: "${url}", jsonPath: "{$.ok}", successCondition: "result >= 0.95", interval: 30s, count: 3, failureLimit: 1}}}`,
    );

  test('has every field of the spec', () => {
    expect(metric(web('https://metrics.example.com/ok'))).toEqual({
      name: 'web',
      interval: '30s',
      count: 3,
      failureLimit: 1,
      successCondition: 'result >= 0.95',
      provider: { web: { url: 'https://metrics.example.com/ok', jsonPath: '{$.ok}' } },
    });
  });

  test('is told the canary’s Service where it asks for it', () => {
    const args = (url: string) => spec(web(url), 'AnalysisTemplate', 'shop-analysis')['args'];
    expect(args('http://{{args.service}}:8080/ok')).toEqual([{ name: 'service', value: 'shop-canary.shop.svc' }]);
    expect(args('https://metrics.example.com/ok')).toBeUndefined();
  });
});

describe('an analysis by a CloudWatch metric', () => {
  const cloudWatch = (fields: string) =>
    metric(
      service(
        `release: {canary: [50%, 1m], analysis: {cloudWatch: {namespace: Shop, metric: Errors, successCondition: "result[0].Values[0] < 1"${fields}}}}`,
      ),
    );

  test('has every field of the spec, its dimensions by name', () => {
    expect(cloudWatch(', dimensions: {b: "2", a: "1"}, statistic: p99, period: 2m, count: 4')).toMatchObject({
      name: 'cloudwatch',
      count: 4,
      successCondition: 'result[0].Values[0] < 1',
      provider: {
        cloudWatch: {
          interval: '300s',
          metricDataQueries: [
            {
              id: 'result',
              metricStat: {
                metric: {
                  namespace: 'Shop',
                  metricName: 'Errors',
                  dimensions: [
                    { name: 'a', value: '1' },
                    { name: 'b', value: '2' },
                  ],
                },
                period: 120,
                stat: 'p99',
              },
              returnData: true,
            },
          ],
        },
      },
    });
  });

  test('looks back far enough for one whole period', () => {
    expect(cloudWatch(', period: 10m')).toMatchObject({ provider: { cloudWatch: { interval: '1200s' } } });
  });
});
