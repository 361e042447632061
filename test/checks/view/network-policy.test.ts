import { describe, expect, test } from '@jest/globals';
import { ClusterView } from '../../../src/checks/view/cluster-view.js';
import { lets, type Endpoint } from '../../../src/checks/view/network-policy.js';
import { podinfo } from '../../support/repository.js';
import { judgedCluster } from '../judged-cluster.js';

const app = {
  kind: 'pods',
  namespace: 'podinfo',
  labels: { 'app.kubernetes.io/name': 'podinfo' },
  ports: { http: 9898 },
} as const;
const pod: Endpoint = { kind: 'pods', namespace: 'kube-system', labels: { app: 'other' } };
const tcp = (port: number) => ({ port, protocol: 'TCP' });

/** Whether the policy of an app lets a pod that it does not name in. */
function letsPodIn(fields: string, port = 9898): boolean {
  const { rendered } = judgedCluster({ apps: { podinfo: `${podinfo}${fields}\n` } });
  return lets(new ClusterView(rendered), 'Ingress', app, pod, tcp(port));
}

describe('a pod, whose address is one of the VPC', () => {
  test('is let in by the rule for the load balancer, at its port alone', () => {
    expect(letsPodIn('ingress: {host: a.example.com}')).toBe(true);
    expect(letsPodIn('ingress: {host: a.example.com}', 9899)).toBe(false);
    expect(letsPodIn('')).toBe(false);
  });

  test('is let in by a wider range, and by no part of the VPC, where it need not be', () => {
    expect(letsPodIn('network: {allowFrom: [{cidr: 192.0.0.0/8}]}')).toBe(true);
    expect(letsPodIn('network: {allowFrom: [{cidr: 192.168.7.0/24}]}')).toBe(false);
    expect(letsPodIn('network: {allowFrom: [{cidr: 10.0.0.0/8}]}')).toBe(false);
  });
});
