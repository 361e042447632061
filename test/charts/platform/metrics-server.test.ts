import { describe, expect, test } from '@jest/globals';
import { objectNamed, prod } from '../../support/repository.js';
import { componentObjects, containerOf, expectedRights, kinds, podSpecOf, rights, specOf } from './parts.js';

const objects = componentObjects('metrics-server');

describe('metrics-server', () => {
  test('has the objects of upstream’s manifest, and a budget', () => {
    expect(kinds(objects).sort()).toEqual([
      'APIService v1beta1.metrics.k8s.io',
      'ClusterRole system:aggregated-metrics-reader',
      'ClusterRole system:metrics-server',
      'ClusterRoleBinding metrics-server:system:auth-delegator',
      'ClusterRoleBinding system:metrics-server',
      'Deployment metrics-server',
      'PodDisruptionBudget metrics-server',
      'RoleBinding metrics-server-auth-reader',
      'Service metrics-server',
      'ServiceAccount metrics-server',
    ]);
  });

  test('runs twice in production, once elsewhere', () => {
    const replicas = (cluster: string) =>
      specOf(objectNamed(componentObjects('metrics-server', { cluster }), 'Deployment', 'metrics-server'))['replicas'];
    expect(replicas(prod)).toBe(2);
    expect(replicas(`${prod}production: false\n`)).toBe(1);
  });

  test('runs the release for the cluster’s minor', () => {
    const image = (minor: string) =>
      containerOf(
        componentObjects('metrics-server', { cluster: prod.replace('1.35', minor) }),
        'Deployment',
        'metrics-server',
      )['image'];
    expect(image('1.35')).toBe('registry.k8s.io/metrics-server/metrics-server:v0.9.0');
    expect(image('1.33')).toBe('registry.k8s.io/metrics-server/metrics-server:v0.8.0');
  });

  test('checks the certificates of kubelets', () => {
    expect(containerOf(objects, 'Deployment', 'metrics-server')['args']).toEqual([
      '--cert-dir=/tmp',
      '--secure-port=10250',
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      '--kubelet-use-node-status-port',
      '--metric-resolution=15s',
    ]);
  });

  test('may read nodes and pods, and nothing else of the cluster', () => {
    expect(rights(objectNamed(objects, 'ClusterRole', 'system:metrics-server'))).toEqual(
      expectedRights('get nodes/metrics', 'list,watch nodes', 'list,watch pods'),
    );
  });

  test('asks the API server who its callers are', () => {
    expect(objectNamed(objects, 'ClusterRoleBinding', 'metrics-server:system:auth-delegator')).toMatchObject({
      roleRef: { kind: 'ClusterRole', name: 'system:auth-delegator' },
      subjects: [{ kind: 'ServiceAccount', name: 'metrics-server', namespace: 'kube-system' }],
    });
    expect(objectNamed(objects, 'RoleBinding', 'metrics-server-auth-reader')).toMatchObject({
      metadata: { namespace: 'kube-system' },
      roleRef: { kind: 'Role', name: 'extension-apiserver-authentication-reader' },
      subjects: [{ kind: 'ServiceAccount', name: 'metrics-server', namespace: 'kube-system' }],
    });
  });

  test('shows metrics to whoever may view the pods', () => {
    const reader = objectNamed(objects, 'ClusterRole', 'system:aggregated-metrics-reader');
    expect(rights(reader)).toEqual(
      expectedRights('get,list,watch metrics.k8s.io/pods', 'get,list,watch metrics.k8s.io/nodes'),
    );
    expect(reader.metadata.labels).toMatchObject({
      'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
      'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
      'rbac.authorization.k8s.io/aggregate-to-view': 'true',
    });
  });

  test('serves the metrics API through its Service', () => {
    const { selector, ports } = specOf(objectNamed(objects, 'Service', 'metrics-server')) as {
      selector: Record<string, string>;
      ports: readonly object[];
    };
    expect(ports).toEqual([{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'https', appProtocol: 'https' }]);
    expect(selector).toEqual({ 'app.kubernetes.io/name': 'metrics-server' });
    expect(specOf(objectNamed(objects, 'APIService', 'v1beta1.metrics.k8s.io'))).toEqual({
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { name: 'metrics-server', namespace: 'kube-system', port: 443 },
    });
  });

  test('is ready after its first scrape', () => {
    expect(containerOf(objects, 'Deployment', 'metrics-server')).toMatchObject({
      readinessProbe: { httpGet: { path: '/readyz', port: 'https', scheme: 'HTTPS' }, initialDelaySeconds: 20 },
      livenessProbe: { httpGet: { path: '/livez', port: 'https', scheme: 'HTTPS' } },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    });
    expect(podSpecOf(objects, 'Deployment', 'metrics-server')['volumes']).toEqual([{ name: 'tmp', emptyDir: {} }]);
  });

  test('grows with the nodes that the cluster may have, from the hundredth on', () => {
    const requests = (max: number) =>
      containerOf(
        componentObjects('metrics-server', { cluster: prod.replace('max: 20', `max: ${max}`) }),
        'Deployment',
        'metrics-server',
      )['resources'];
    expect(requests(94)).toMatchObject({ requests: { cpu: '100m', memory: '200Mi' } });
    expect(requests(294)).toMatchObject({
      requests: { cpu: '300m', memory: '600Mi' },
      limits: { memory: '600Mi' },
    });
  });
});
