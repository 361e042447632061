import { describe, expect, test } from '@jest/globals';
import { container, cronJob, pod, service, worker } from './render.js';

describe('a pod', () => {
  test('runs as its own account, without a token and without service links', () => {
    expect(pod(service()).spec).toMatchObject({
      serviceAccountName: 'shop',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
    });
  });

  test('gets a token where the spec asks for one', () => {
    expect(pod(service('serviceAccountToken: true')).spec['automountServiceAccountToken']).toBe(true);
  });

  test('fits Pod Security restricted', () => {
    expect(pod(service()).spec['securityContext']).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('says plainly that it is root where the spec does', () => {
    expect(pod(service('security: {runAsUser: 0}')).spec['securityContext']).toMatchObject({
      runAsNonRoot: false,
      runAsUser: 0,
    });
  });

  test('sleeps before its signal by an action of the kubelet', () => {
    expect(container(service())['lifecycle']).toEqual({ preStop: { sleep: { seconds: 10 } } });
  });

  test('does not sleep for zero seconds', () => {
    expect(container(worker())).not.toHaveProperty('lifecycle');
  });

  test('has the grace period of the spec', () => {
    expect(pod(service('termination: {gracePeriod: 80s}')).spec['terminationGracePeriodSeconds']).toBe(80);
  });

  test('carries the hash of its config files, beside the annotations of the spec', () => {
    const annotated = pod(service('files: {/etc/a: one}', 'podAnnotations: {example.com/a: b}')).metadata.annotations;
    const changed = pod(service('files: {/etc/a: two}')).metadata.annotations;
    expect(annotated).toEqual({
      'example.com/a': 'b',
      'spillway.dev/files-hash': expect.stringMatching(/^[0-9a-f]+$/),
    });
    expect(changed?.['spillway.dev/files-hash']).not.toBe(annotated?.['spillway.dev/files-hash']);
  });

  test('has no annotations where there are none', () => {
    expect(pod(service()).metadata).not.toHaveProperty('annotations');
  });

  test('names its priority class', () => {
    expect(pod(service('priorityClassName: high')).spec['priorityClassName']).toBe('high');
  });
});

describe('init containers and sidecars', () => {
  const both = [
    'init: [{name: prepare, image: "ghcr.io/acme/prepare:1.0.0"}]',
    'sidecars: [{name: proxy, image: "ghcr.io/acme/proxy:1.0.0"}, {name: logs, image: "ghcr.io/acme/logs:1.0.0"}]',
  ];
  const roles = (app: string) =>
    pod(app).spec.initContainers?.map(
      ({ name, restartPolicy }) => `${name as string} ${(restartPolicy as string | undefined) ?? 'once'}`,
    );

  test('stand in this order, and only sidecars go on', () => {
    expect(roles(service(...both))).toEqual(['prepare once', 'proxy Always', 'logs Always']);
  });

  test('are the same in a Rollout and in a CronJob', () => {
    expect(roles(service(...both, 'release: {canary: [50%, 1m]}'))).toEqual(roles(service(...both)));
    expect(roles(cronJob(...both, 'schedule: "@daily"'))).toEqual(roles(service(...both)));
  });
});
