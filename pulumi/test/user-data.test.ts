import { expect, test } from '@jest/globals';
import { dnsAddress, userData } from '../src/user-data.js';

const cluster = {
  name: 'prod',
  endpoint: 'https://prod.example',
  certificateAuthority: 'Y2E=',
  serviceCidr: '172.20.0.0/16',
};

const text = (group: Parameters<typeof userData>[1]) => Buffer.from(userData(cluster, group), 'base64').toString();

test('a node is told its cluster, its labels and its taints, in a part that nodeadm reads', () => {
  const told = text({
    labels: { 'node-lifecycle': 'spot', team: 'shop' },
    taints: [{ key: 'node-lifecycle', value: 'spot', effect: 'PreferNoSchedule' }],
  });
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(told) ?? [];
  const [head = '', part = '', end] = told.split(`--${boundary}`);
  expect(head).toMatch(/^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; /);
  expect(end).toBe('--\n');
  const [headers, body = ''] = part.split('\n\n');
  expect(headers).toBe('\nContent-Type: application/node.eks.aws');
  expect(JSON.parse(body)).toEqual({
    apiVersion: 'node.eks.aws/v1alpha1',
    kind: 'NodeConfig',
    spec: {
      cluster: {
        name: 'prod',
        apiServerEndpoint: 'https://prod.example',
        certificateAuthority: 'Y2E=',
        cidr: '172.20.0.0/16',
      },
      kubelet: {
        config: { clusterDNS: ['172.20.0.10'] },
        flags: [
          '--node-labels=node-lifecycle=spot,team=shop',
          '--register-with-taints=node-lifecycle=spot:PreferNoSchedule',
        ],
      },
    },
  });
});

test('without taints there is no flag for them', () => {
  expect(text({ labels: { a: 'b' }, taints: [] })).not.toContain('register-with-taints');
});

test('DNS is the tenth address of Services', () => {
  expect(dnsAddress('10.100.0.0/16')).toBe('10.100.0.10');
});
