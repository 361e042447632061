import { describe, expect, test } from '@jest/globals';
import { objectNamed, prod } from '../../support/repository.js';
import { componentObjects, containerOf, expectedRights, kinds, podSpecOf, rights, specOf } from './parts.js';

const name = 'cluster-autoscaler';
const objects = componentObjects(name);
const flags = (cluster: string) => containerOf(componentObjects(name, { cluster }), 'Deployment', name)['args'];

const clusterRights = [
  'get,list,update,watch nodes',
  'get,list,watch pods',
  'create pods/eviction',
  'create,patch events',
  'list,watch namespaces',
  'list,watch persistentvolumeclaims',
  'list,watch persistentvolumes',
  'list,watch replicationcontrollers',
  'list,watch services',
  'list,watch apps/daemonsets',
  'list,watch apps/replicasets',
  'list,watch apps/statefulsets',
  'list,watch batch/jobs',
  'list,watch policy/poddisruptionbudgets',
  'list,watch storage.k8s.io/csidrivers',
  'list,watch storage.k8s.io/csinodes',
  'list,watch storage.k8s.io/csistoragecapacities',
  'list,watch storage.k8s.io/storageclasses',
  'list,watch storage.k8s.io/volumeattachments',
];
const deviceRights = [
  'list,watch resource.k8s.io/deviceclasses',
  'list,watch resource.k8s.io/resourceclaims',
  'list,watch resource.k8s.io/resourceslices',
];

describe('Cluster Autoscaler', () => {
  test('has its objects, all in kube-system', () => {
    expect(kinds(objects).sort()).toEqual([
      'ClusterRole cluster-autoscaler',
      'ClusterRoleBinding cluster-autoscaler',
      'ConfigMap cluster-autoscaler-priority-expander',
      'Deployment cluster-autoscaler',
      'PodDisruptionBudget cluster-autoscaler',
      'Role cluster-autoscaler',
      'RoleBinding cluster-autoscaler',
      'ServiceAccount cluster-autoscaler',
    ]);
    const namespaces = objects.filter(({ kind }) => !kind.startsWith('Cluster')).map((o) => o.metadata.namespace);
    expect([...new Set(namespaces)]).toEqual(['kube-system']);
  });

  test.each([
    ['1.33', 'v1.33.6'],
    ['1.34', 'v1.34.5'],
    ['1.35', 'v1.35.2'],
  ])('is of the cluster’s minor: %s', (minor, version) => {
    const container = containerOf(componentObjects(name, { cluster: prod.replace('1.35', minor) }), 'Deployment', name);
    expect(container['image']).toBe(`registry.k8s.io/autoscaling/cluster-autoscaler:${version}`);
  });

  test('finds this cluster’s groups only, and buys by priority, then by what fits', () => {
    expect(flags(prod)).toEqual([
      '--cloud-provider=aws',
      '--namespace=kube-system',
      '--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/prod',
      '--expander=priority,least-waste',
      '--skip-nodes-with-local-storage=false',
      '--scale-down-unneeded-time=600s',
      '--scale-down-delay-after-add=600s',
      '--leader-elect=true',
      '--stderrthreshold=info',
      '--v=4',
    ]);
  });

  test('waits as long as the spec says before it removes a node', () => {
    const args = flags(`${prod}autoscaler: {scaleDownUnneeded: 5m, scaleDownAfterAdd: 90s}\n`);
    expect(args).toEqual(
      expect.arrayContaining(['--scale-down-unneeded-time=300s', '--scale-down-delay-after-add=90s']),
    );
  });

  test('balances groups of one capacity in different zones, and nothing else', () => {
    const groups = (a: string, b: string) =>
      prod.replace(/^ {2}- .*\n/gm, '').replace('nodeGroups:\n', `nodeGroups:\n  - {${a}}\n  - {${b}}\n`);
    const size = 'instanceTypes: [m6i.large], min: 1, max: 3';
    const onDemand = (zone: string) =>
      `name: od-${zone}, capacity: on-demand, availabilityZones: [us-east-${zone}], ${size}`;
    const spot = `name: spot, capacity: spot, availabilityZones: [us-east-1b], ${size}`;
    expect(flags(groups(onDemand('1a'), onDemand('1b')))).toContain('--balance-similar-node-groups=true');
    expect(flags(groups(onDemand('1a'), spot))).not.toContain('--balance-similar-node-groups=true');
    expect(flags(prod)).not.toContain('--balance-similar-node-groups=true');
  });

  test('knows its region, resolves names without CoreDNS, and is watched for being stuck', () => {
    expect(containerOf(objects, 'Deployment', name)).toMatchObject({
      env: [{ name: 'AWS_REGION', value: 'us-east-1' }],
      livenessProbe: { httpGet: { path: '/health-check', port: 'http' } },
      ports: [{ name: 'http', containerPort: 8085, protocol: 'TCP' }],
      resources: { requests: { cpu: '100m', memory: '600Mi' }, limits: { memory: '600Mi' } },
    });
    expect(podSpecOf(objects, 'Deployment', name)['dnsPolicy']).toBe('Default');
  });

  test('does not remove the node that it runs on, and leaves a dead one after a minute', () => {
    const deployment = specOf(objectNamed(objects, 'Deployment', name));
    expect(deployment).toMatchObject({
      replicas: 1,
      template: { metadata: { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } } },
    });
    expect(podSpecOf(objects, 'Deployment', name)['tolerations']).toEqual([
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
    ]);
  });
});

describe('its rights', () => {
  const ofCluster = (minor: string) =>
    rights(objectNamed(componentObjects(name, { cluster: prod.replace('1.35', minor) }), 'ClusterRole', name));

  test('cover what it reads as of 1.35, devices included', () => {
    expect(ofCluster('1.35')).toEqual(expectedRights(...clusterRights, ...deviceRights));
  });

  test.each(['1.33', '1.34'])('leave out devices, which %s does not read', (minor) => {
    expect(ofCluster(minor)).toEqual(expectedRights(...clusterRights));
  });

  test('let it change by name only what is its own in kube-system', () => {
    expect(rights(objectNamed(objects, 'Role', name))).toEqual(
      expectedRights(
        'create,list,watch configmaps',
        'delete,get,update configmaps [cluster-autoscaler-status]',
        'create coordination.k8s.io/leases',
        'get,update coordination.k8s.io/leases [cluster-autoscaler]',
      ),
    );
  });

  test('are those of its ServiceAccount, which has a role’s ARN with IRSA and nothing with Pod Identity', () => {
    const subjects = [{ kind: 'ServiceAccount', name, namespace: 'kube-system' }];
    expect(objectNamed(objects, 'ClusterRoleBinding', name)).toMatchObject({ roleRef: { name }, subjects });
    expect(objectNamed(objects, 'RoleBinding', name)).toMatchObject({ roleRef: { name }, subjects });
    expect(objectNamed(objects, 'ServiceAccount', name).metadata).not.toHaveProperty('annotations');
    const irsa = componentObjects(name, { cluster: `${prod}identity: irsa\naccountId: "111122223333"\n` });
    expect(objectNamed(irsa, 'ServiceAccount', name).metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/prod-cluster-autoscaler',
    });
  });
});
