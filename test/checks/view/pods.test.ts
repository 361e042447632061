import { expect, test } from '@jest/globals';
import { podRequests, podTemplates } from '../../../src/checks/view/pods.js';

const container = (name: string, cpu: string, rest: object = {}) => ({
  name,
  resources: { requests: { cpu, memory: '10Mi' } },
  ...rest,
});

function requestsOf(spec: object): number {
  const [template] = podTemplates({
    owner: { kind: 'app', app: 'shop' },
    object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop' }, spec: { template: { spec } } },
  });
  if (template === undefined) throw new Error('a Deployment has a pod template');
  return podRequests(template).cpuMillis;
}

test('containers and sidecars of a pod are added up', () => {
  expect(
    requestsOf({
      containers: [container('a', '100m'), container('b', '50m')],
      initContainers: [container('proxy', '30m', { restartPolicy: 'Always' })],
    }),
  ).toBe(180);
});

test('an init container counts where it needs more than all that run later', () => {
  expect(requestsOf({ containers: [container('a', '100m')], initContainers: [container('migrate', '1')] })).toBe(1000);
  expect(requestsOf({ containers: [container('a', '100m')], initContainers: [container('migrate', '50m')] })).toBe(100);
});

test('sidecars that started before an init container run beside it', () => {
  const sidecar = container('proxy', '200m', { restartPolicy: 'Always' });
  expect(
    requestsOf({ containers: [container('a', '100m')], initContainers: [sidecar, container('migrate', '1')] }),
  ).toBe(1200);
  expect(
    requestsOf({ containers: [container('a', '100m')], initContainers: [container('migrate', '1'), sidecar] }),
  ).toBe(1000);
});
