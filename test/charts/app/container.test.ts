import { describe, expect, test } from '@jest/globals';
import { container, pod, service } from './render.js';

describe('a container', () => {
  test('has the command, arguments and directory of the spec, and none of its own', () => {
    expect(container(service('command: [/a]', 'args: [b]', 'workingDir: /srv'))).toMatchObject({
      command: ['/a'],
      args: ['b'],
      workingDir: '/srv',
    });
    for (const field of ['command', 'args', 'workingDir', 'env', 'envFrom', 'volumeMounts'])
      expect(container(service())).not.toHaveProperty(field);
  });

  test('keeps the order of its variables, which $(NAME) depends on', () => {
    const app = service('env: {Z: "1", A: "$(Z)", M: {field: status.podIP}, R: {resource: limits.memory}}');
    expect(container(app)['env']).toEqual([
      { name: 'Z', value: '1' },
      { name: 'A', value: '$(Z)' },
      { name: 'M', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'R', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
    ]);
  });

  test('keeps an empty value', () => {
    expect(container(service('env: {A: ""}'))['env']).toEqual([{ name: 'A', value: '' }]);
  });

  test('reads keys of Secrets and ConfigMaps, optional only where the spec says so', () => {
    const app = service(
      'env: {A: {secret: {name: s, key: k}}, B: {configMap: {name: c, key: k, optional: true}}}',
      'envFrom: [{secret: s}, {configMap: c}]',
    );
    expect(container(app)).toMatchObject({
      env: [
        { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        { name: 'B', valueFrom: { configMapKeyRef: { name: 'c', key: 'k', optional: true } } },
      ],
      envFrom: [{ secretRef: { name: 's' } }, { configMapRef: { name: 'c' } }],
    });
    expect(JSON.stringify(container(app))).not.toContain('"optional":false');
  });

  test('limits memory to its request and CPU not at all', () => {
    expect(container(service('resources: {cpu: 250m, memory: 64Mi}'))['resources']).toEqual({
      requests: { cpu: '250m', memory: '64Mi' },
      limits: { memory: '64Mi' },
    });
  });

  test('has the limits of the spec, in its words', () => {
    const app = service(
      'resources: {cpu: "0.5", memory: 64Mi, memoryLimit: 1Gi, cpuLimit: "1", ephemeralStorage: 2Gi}',
    );
    expect(container(app)['resources']).toEqual({
      requests: { cpu: '0.5', memory: '64Mi', 'ephemeral-storage': '2Gi' },
      limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '2Gi' },
    });
  });

  test('drops all capabilities, and adds those of the spec', () => {
    expect(container(service())['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(container(service('security: {capabilities: [NET_BIND_SERVICE]}'))['securityContext']).toMatchObject({
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
    });
  });

  test('that runs as root in a pod that may not says so itself', () => {
    const app = service('sidecars: [{name: proxy, image: "ghcr.io/acme/proxy:1.0.0", security: {runAsUser: 0}}]');
    expect(pod(app).spec.initContainers?.[0]?.['securityContext']).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
  });

  test('names its ports', () => {
    expect(container(service())['ports']).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
  });
});
