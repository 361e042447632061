import { describe, expect, test } from '@jest/globals';
import { emitObject } from '../../src/layout/emit.js';
import type { FileChange } from '../../src/layout/file-spec.js';
import { portHandovers } from '../../src/layout/port-handover.js';
import { podinfo, resolvedCluster } from '../support/repository.js';

const cluster = resolvedCluster({
  apps: { podinfo: podinfo.replace('port: 9898', 'ports: [{name: web, port: 9898}]') },
});

function service(ports: readonly object[], name = 'podinfo'): string {
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'podinfo' }, spec: { ports } };
  return emitObject(object, 'apps/podinfo.yaml');
}

const http = { name: 'http', port: 80, targetPort: 'http' };
const web = { name: 'web', port: 80, targetPort: 'web' };

function update(before: string, after: string): FileChange {
  const path = 'dist/prod/apps/podinfo/podinfo.Service-podinfo.yaml';
  return { kind: 'update', path, cluster: 'prod', owner: 'app/podinfo', before, after };
}

describe('portHandovers', () => {
  test('warns where a Service asks its pods for another name', () => {
    expect(portHandovers([cluster], [update(service([http]), service([web]))])).toEqual([
      {
        code: 'port-handover',
        severity: 'warning',
        message: expect.stringContaining('port 80 of podinfo on prod is called web and no longer http'),
        hint: expect.stringContaining('keep the name http'),
        at: expect.objectContaining({ file: 'apps/podinfo.yaml' }),
      },
    ]);
  });

  test.each([
    ['a port is added', update(service([http]), service([http, { ...web, port: 81 }]))],
    ['a port is taken away', update(service([http, { ...web, port: 81 }]), service([http]))],
    ['the port of the Service is another', update(service([http]), service([{ ...web, port: 81 }]))],
    ['it was by number', update(service([{ ...http, targetPort: 9898 }]), service([web]))],
    ['it is the Service of the canary', update(service([http], 'podinfo-canary'), service([web], 'podinfo-canary'))],
    ['the Service is new', { ...update('', service([web])), kind: 'create' } as FileChange],
    ['what was there cannot be read', update(': [', service([web]))],
  ])('is silent where %s', (_, change) => {
    expect(portHandovers([cluster], [change])).toEqual([]);
  });
});
