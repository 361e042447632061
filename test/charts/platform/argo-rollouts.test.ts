import { describe, expect, test } from '@jest/globals';
import { objectNamed, prod } from '../../support/repository.js';
import { componentObjects, containerOf, expectedRights, kinds, podSpecOf, rights, specOf } from './parts.js';

const name = 'argo-rollouts';
const objects = componentObjects(name);
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);

describe('Argo Rollouts', () => {
  test('comes with its CRDs, controller, rights, metrics and budget', () => {
    expect(kinds(objects).sort()).toEqual([
      'ClusterRole argo-rollouts',
      'ClusterRole argo-rollouts-aggregate-to-admin',
      'ClusterRole argo-rollouts-aggregate-to-edit',
      'ClusterRole argo-rollouts-aggregate-to-view',
      'ClusterRoleBinding argo-rollouts',
      'CustomResourceDefinition analysisruns.argoproj.io',
      'CustomResourceDefinition analysistemplates.argoproj.io',
      'CustomResourceDefinition clusteranalysistemplates.argoproj.io',
      'CustomResourceDefinition experiments.argoproj.io',
      'CustomResourceDefinition rollouts.argoproj.io',
      'Deployment argo-rollouts',
      'PodDisruptionBudget argo-rollouts',
      'Role argo-rollouts',
      'RoleBinding argo-rollouts',
      'Service argo-rollouts-metrics',
      'ServiceAccount argo-rollouts',
    ]);
    const namespaced = objects.filter(({ kind }) => !/^(Cluster|CustomResource)/.test(kind));
    expect([...new Set(namespaced.map(({ metadata }) => metadata.namespace))]).toEqual([name]);
  });

  test('has CRDs small enough for client-side apply, in no wave of their own', () => {
    for (const crd of ofKind('CustomResourceDefinition')) {
      expect(JSON.stringify(crd).length).toBeLessThan(262_144);
      expect(Object.keys(crd.metadata.annotations ?? {})).toEqual(['controller-gen.kubebuilder.io/version']);
    }
  });

  test('is pinned, where upstream’s manifest says latest', () => {
    expect(containerOf(objects, 'Deployment', name)).toMatchObject({
      image: 'quay.io/argoproj/argo-rollouts:v1.9.1',
      imagePullPolicy: 'IfNotPresent',
    });
  });

  test('runs twice in production, under a lock, and once elsewhere', () => {
    const replicas = (cluster: string) =>
      specOf(objectNamed(componentObjects(name, { cluster }), 'Deployment', name))['replicas'];
    expect(replicas(prod)).toBe(2);
    expect(replicas(`${prod}production: false\n`)).toBe(1);
    expect(containerOf(objects, 'Deployment', name)['args']).toContain('--leader-elect=true');
  });

  test('says when it is ready and when it is stuck', () => {
    const healthz = { path: '/healthz', port: 'healthz' };
    expect(containerOf(objects, 'Deployment', name)).toMatchObject({
      readinessProbe: { httpGet: healthz },
      livenessProbe: { httpGet: healthz, initialDelaySeconds: 30, periodSeconds: 20, timeoutSeconds: 10 },
      ports: [
        { name: 'metrics', containerPort: 8090, protocol: 'TCP' },
        { name: 'healthz', containerPort: 8080, protocol: 'TCP' },
      ],
    });
    expect(specOf(objectNamed(objects, 'Service', 'argo-rollouts-metrics'))).toMatchObject({
      selector: { 'app.kubernetes.io/name': name },
      ports: [{ name: 'metrics', port: 8090, targetPort: 'metrics' }],
    });
  });

  test('writes only to its two scratch volumes', () => {
    expect(containerOf(objects, 'Deployment', name)['volumeMounts']).toEqual([
      { name: 'plugin-bin', mountPath: '/home/argo-rollouts/plugin-bin' },
      { name: 'tmp', mountPath: '/tmp' },
    ]);
    expect(podSpecOf(objects, 'Deployment', name)['volumes']).toEqual([
      { name: 'plugin-bin', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
    ]);
  });

  test('has an AWS identity and a region only to read CloudWatch', () => {
    const irsa = `${prod}identity: irsa\naccountId: "111122223333"\n`;
    const without = componentObjects(name, { cluster: irsa });
    expect(objectNamed(without, 'ServiceAccount', name).metadata).not.toHaveProperty('annotations');
    expect(containerOf(without, 'Deployment', name)).not.toHaveProperty('env');
    const withCloudWatch = componentObjects(name, { cluster: `${irsa}rollouts: {cloudWatch: true}\n` });
    expect(objectNamed(withCloudWatch, 'ServiceAccount', name).metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/prod-argo-rollouts',
    });
    expect(containerOf(withCloudWatch, 'Deployment', name)['env']).toEqual([
      { name: 'AWS_REGION', value: 'us-east-1' },
    ]);
  });
});

describe('its rights', () => {
  test('are what a canary without a traffic router needs', () => {
    expect(rights(objectNamed(objects, 'ClusterRole', name))).toEqual(
      expectedRights(
        'get,list,patch,update,watch argoproj.io/rollouts',
        'patch,update argoproj.io/rollouts/status',
        'update argoproj.io/rollouts/finalizers',
        'update argoproj.io/analysisruns/finalizers',
        'create,delete,get,list,patch,watch argoproj.io/analysisruns',
        'list,watch argoproj.io/analysistemplates',
        'list,watch argoproj.io/clusteranalysistemplates',
        'list,watch argoproj.io/experiments',
        'create,delete,list,patch,update,watch apps/replicasets',
        'list pods',
        'create pods/eviction',
        'list,patch,watch services',
        'list,watch networking.k8s.io/ingresses',
        'create,delete,get,list,watch batch/jobs',
        'create,patch events',
      ),
    );
  });

  test('read no Secret and no ConfigMap outside its namespace, and there only its own', () => {
    const ofCluster = ofKind('ClusterRole').flatMap(rights).join('\n');
    expect(ofCluster).not.toMatch(/secrets|configmaps/);
    expect(rights(objectNamed(objects, 'Role', name))).toEqual(
      expectedRights(
        'create coordination.k8s.io/leases',
        'get,update coordination.k8s.io/leases [argo-rollouts-controller-lock]',
        'get configmaps [argo-rollouts-config]',
        'list,watch configmaps [argo-rollouts-notification-configmap]',
        'list,watch secrets [argo-rollouts-notification-secret]',
      ),
    );
    const subjects = [{ kind: 'ServiceAccount', name, namespace: name }];
    expect(objectNamed(objects, 'RoleBinding', name)).toMatchObject({ roleRef: { kind: 'Role', name }, subjects });
    expect(objectNamed(objects, 'ClusterRoleBinding', name)).toMatchObject({ roleRef: { name }, subjects });
  });

  test.each(['admin', 'edit', 'view'])('reach people with the role %s of a namespace', (role) => {
    const aggregate = objectNamed(objects, 'ClusterRole', `argo-rollouts-aggregate-to-${role}`);
    expect(aggregate.metadata.labels).toHaveProperty([`rbac.authorization.k8s.io/aggregate-to-${role}`], 'true');
    const verbs = role === 'view' ? 'get,list,watch' : 'create,delete,deletecollection,get,list,patch,update,watch';
    const resources = [
      'rollouts',
      'rollouts/scale',
      'experiments',
      'analysistemplates',
      'clusteranalysistemplates',
      'analysisruns',
      ...(role === 'view' ? [] : ['rollouts/status']),
    ];
    expect(rights(aggregate)).toEqual(
      expectedRights(...resources.map((resource) => `${verbs} argoproj.io/${resource}`)),
    );
  });
});
