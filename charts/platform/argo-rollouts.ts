import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../src/model/kube-object.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { rolloutsCrds } from '../../src/model/rollouts-crds.js';
import { chartObjects } from '../chart.js';
import { present } from '../present.js';
import { addClusterAccess, addNamespaceAccess } from './access.js';
import { clusterRules, namespaceRules, peoplesRules } from './argo-rollouts-access.js';
import type { ControllerDeployment } from './controller-pod.js';
import { addControllerDeployment, resources } from './controller-pod.js';
import type { Controller } from './controller.js';
import { addDisruptionBudget, addServiceAccount, clusterMeta, objectMeta, selectorLabels } from './controller.js';

/**
 * Upstream's, as they are, and the same objects for every cluster: a copy of 300 KB each through cdk8s, and its bytes made anew, would
 * take longer than the rest of the platform.
 */
const customResourceDefinitions = rolloutsCrds.map(({ metadata, ...crd }): KubeObject => ({
  ...crd,
  metadata: { ...metadata },
}));

/**
 * The Argo Rollouts controller with its CRDs, which stay in one Application with it: alone, an Application of CRDs hangs in Progressing
 * (rig.md C.7). They need no sync wave (Argo CD applies CRDs before other kinds and waits until each is established; a wave of CRDs alone
 * could hang as well) and, at 75 KB, no server-side apply.
 */
export function argoRolloutsObjects(cluster: ResolvedCluster): KubeObject[] {
  const controller: Controller = {
    name: 'argo-rollouts',
    namespace: 'argo-rollouts',
    version: cluster.components.argoRollouts.version,
  };
  return [
    ...customResourceDefinitions,
    ...chartObjects('argo-rollouts', (chart) => {
      addServiceAccount(chart, controller, cluster.controllerRoles.rollouts);
      addClusterAccess(chart, controller, clusterRules());
      addNamespaceAccess(chart, controller, namespaceRules());
      addPeoplesRoles(chart, controller);
      addMetricsService(chart, controller);
      addControllerDeployment(chart, cluster, controller, deployment(cluster));
      addDisruptionBudget(chart, controller);
    }),
  ];
}

function addPeoplesRoles(chart: Chart, controller: Controller): void {
  for (const role of ['admin', 'edit', 'view'] as const) {
    new k8s.KubeClusterRole(chart, `aggregate-to-${role}`, {
      metadata: clusterMeta(controller, {
        name: `argo-rollouts-aggregate-to-${role}`,
        labels: { [`rbac.authorization.k8s.io/aggregate-to-${role}`]: 'true' },
      }),
      rules: peoplesRules(role),
    });
  }
}

function addMetricsService(chart: Chart, controller: Controller): void {
  new k8s.KubeService(chart, 'metrics', {
    metadata: objectMeta(controller, { name: 'argo-rollouts-metrics' }),
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(controller),
      ports: [{ name: 'metrics', port: 8090, protocol: 'TCP', targetPort: k8s.IntOrString.fromString('metrics') }],
    },
  });
}

function deployment(cluster: ResolvedCluster): ControllerDeployment {
  const healthz = { path: '/healthz', port: k8s.IntOrString.fromString('healthz') };
  return {
    // It makes every ReplicaSet: while none is there, an HPA scales no Rollout. The lock lets the second one take over in 15 s.
    replicas: cluster.production ? 2 : 1,
    user: 999,
    container: present<ControllerDeployment['container']>({
      image: cluster.components.argoRollouts.image,
      args: ['--leader-elect=true', '--loglevel=info', '--logformat=json'],
      // For CloudWatch metrics, the only call that it makes to AWS.
      env: cluster.rolloutsCloudWatch ? [{ name: 'AWS_REGION', value: cluster.region }] : undefined,
      ports: [
        { name: 'metrics', containerPort: 8090, protocol: 'TCP' },
        { name: 'healthz', containerPort: 8080, protocol: 'TCP' },
      ],
      readinessProbe: { httpGet: healthz, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
      livenessProbe: {
        httpGet: healthz,
        initialDelaySeconds: 30,
        periodSeconds: 20,
        timeoutSeconds: 10,
        failureThreshold: 3,
      },
      // Upstream asks for nothing. At its start it lists every ReplicaSet, Service and Ingress: twice the memory, for a moment.
      resources: resources({ cpuMillis: 100, memoryMiB: 256, memoryLimitMiB: 512 }),
      volumeMounts: [
        { name: 'plugin-bin', mountPath: '/home/argo-rollouts/plugin-bin' },
        { name: 'tmp', mountPath: '/tmp' },
      ],
    }),
    volumes: [
      { name: 'plugin-bin', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
    ],
  };
}
