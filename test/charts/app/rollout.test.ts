import { describe, expect, test } from '@jest/globals';
import { container, names, render, service, spec, worker } from './render.js';

const steps = (...lines: string[]) => {
  const { strategy } = spec(service(...lines), 'Rollout') as { strategy: { canary: { steps: unknown[] } } };
  return strategy.canary.steps;
};
const analysis = { analysis: { templates: [{ templateName: 'shop-analysis' }] } };

describe('a Rollout', () => {
  test('takes the place of the Deployment', () => {
    const rendered = names(render(service('release: {canary: [50%, 1m]}')));
    expect(rendered).toContain('Rollout/shop');
    expect(rendered).not.toContain('Deployment/shop');
  });

  test('is a canary by the ratio of pods, without anything that needs a traffic router', () => {
    const { strategy } = spec(service('release: {canary: [50%, 1m]}'), 'Rollout');
    expect(strategy).toEqual({
      canary: { maxSurge: '25%', maxUnavailable: 0, steps: [{ setWeight: 50 }, { pause: { duration: 60 } }] },
    });
  });

  test('rolls by the numbers of the spec', () => {
    const app = service(
      'release: {canary: [50%, 1m], maxSurge: 30%, maxUnavailable: 1, progressDeadline: 5m, historyLimit: 3}',
    );
    expect(spec(app, 'Rollout')).toMatchObject({
      progressDeadlineSeconds: 300,
      progressDeadlineAbort: true,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
      strategy: { canary: { maxSurge: '30%', maxUnavailable: 1 } },
    });
  });

  test('has replicas only where no autoscaler decides', () => {
    const canary = 'release: {canary: [50%, 1m]}';
    expect(spec(service(canary, 'scale: {min: 3}'), 'Rollout')['replicas']).toBe(3);
    expect(spec(service(canary, 'scale: {min: 3, max: 9}'), 'Rollout')).not.toHaveProperty('replicas');
  });

  test('runs the same container as a Deployment would', () => {
    const lines = ['health: /ok', 'resources: {cpu: 50m, memory: 32Mi}', 'env: {A: "1"}'];
    expect(container(service(...lines, 'release: {canary: [50%, 1m]}'))).toEqual(container(service(...lines)));
  });
});

describe('canary steps', () => {
  test('are shares, pauses and pauses until a person promotes', () => {
    expect(steps('release: {canary: [10%, 2m, 50%, pause]}')).toEqual([
      { setWeight: 10 },
      { pause: { duration: 120 } },
      { setWeight: 50 },
      { pause: {} },
    ]);
  });

  test('are analysed once the first canary pods have run for their pause', () => {
    expect(steps('release: {canary: [10%, 1m, 1m, 50%, 1m], analysis: {job: {}}}')).toEqual([
      { setWeight: 10 },
      { pause: { duration: 60 } },
      { pause: { duration: 60 } },
      analysis,
      { setWeight: 50 },
      { pause: { duration: 60 } },
    ]);
  });

  test('are analysed at the end where there is one share', () => {
    expect(steps('release: {canary: [10%, 1m], analysis: {job: {}}}').at(-1)).toEqual(analysis);
  });

  test('are analysed after the first share even where no pause follows it', () => {
    expect(steps('release: {canary: [10%, 50%], analysis: {job: {}}}')).toEqual([
      { setWeight: 10 },
      analysis,
      { setWeight: 50 },
    ]);
  });
});

describe('the canary’s own Service', () => {
  const canaryService = (app: string) => names(render(app)).includes('Service/shop-canary');

  test('is there for a Job, and selects like the app’s until the controller adds the hash', () => {
    const app = service('release: {canary: [50%, 1m], analysis: {job: {}}}');
    expect(spec(app, 'Service', 'shop-canary')).toEqual(spec(app, 'Service'));
    expect(spec(app, 'Rollout')).toMatchObject({ strategy: { canary: { canaryService: 'shop-canary' } } });
  });

  test('is there for a web analysis that asks it', () => {
    const web = (url: string) =>
      service(`release: {canary: [50%, 1m], analysis: {web: {url: "${url}", successCondition: result > 1}}}`);
    expect(canaryService(web('http://{{args.service}}:8080/ok'))).toBe(true);
    expect(canaryService(web('https://metrics.example.com/ok'))).toBe(false);
  });

  test('is not there otherwise', () => {
    expect(canaryService(service('release: {canary: [50%, 1m]}'))).toBe(false);
    expect(canaryService(worker('release: {canary: [50%, 1m]}'))).toBe(false);
  });
});
