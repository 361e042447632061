import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../src/model/kube-object.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { chartObjects } from '../chart.js';
import { addClusterAccess, bindClusterRole, bindRole } from './access.js';
import type { ControllerDeployment } from './controller-pod.js';
import { addControllerDeployment, resources } from './controller-pod.js';
import type { Controller } from './controller.js';
import { addDisruptionBudget, addServiceAccount, clusterMeta, objectMeta, selectorLabels } from './controller.js';

/**
 * metrics-server: what `kubectl top` and every HPA read. Objects, names, flags and probes as in manifests/base at v0.9.0 (v0.8.0 has the
 * same); eksctl must not install its own beside it.
 */
export function metricsServerObjects(cluster: ResolvedCluster): KubeObject[] {
  const controller: Controller = {
    name: 'metrics-server',
    namespace: 'kube-system',
    version: cluster.components.metricsServer.version,
  };
  return chartObjects('metrics-server', (chart) => {
    addServiceAccount(chart, controller);
    addAccess(chart, controller);
    addControllerDeployment(chart, cluster, controller, deployment(cluster));
    addDisruptionBudget(chart, controller);
    addApi(chart, controller);
  });
}

function addAccess(chart: Chart, controller: Controller): void {
  addClusterAccess(
    chart,
    controller,
    [
      // The kubelet lets in who may get this of its node.
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      // Which kubelets to ask, and which pods the answers are about. Upstream grants `get` too, and nothing in it makes such a call.
      { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] },
    ],
    'system:metrics-server',
  );
  // It asks the API server who a caller is and what the caller may do, and trusts the proxy certificate of the API server.
  bindClusterRole(chart, controller, 'metrics-server:system:auth-delegator', 'system:auth-delegator');
  bindRole(chart, controller, 'metrics-server-auth-reader', 'extension-apiserver-authentication-reader');
  // Who may look at a namespace may look at its metrics.
  new k8s.KubeClusterRole(chart, 'reader', {
    metadata: clusterMeta(controller, {
      name: 'system:aggregated-metrics-reader',
      labels: {
        'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
        'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
        'rbac.authorization.k8s.io/aggregate-to-view': 'true',
      },
    }),
    rules: [{ apiGroups: ['metrics.k8s.io'], resources: ['nodes', 'pods'], verbs: ['get', 'list', 'watch'] }],
  });
}

function deployment(cluster: ResolvedCluster): ControllerDeployment {
  const probe = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };
  const port = k8s.IntOrString.fromString('https');
  return {
    // Without metrics no HPA scales up.
    replicas: cluster.production ? 2 : 1,
    user: 1000,
    container: {
      image: cluster.components.metricsServer.image,
      args: [
        '--cert-dir=/tmp',
        '--secure-port=10250',
        '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
        '--kubelet-use-node-status-port',
        '--metric-resolution=15s',
      ],
      ports: [{ name: 'https', containerPort: 10250, protocol: 'TCP' }],
      // Ready only after the first scrape.
      readinessProbe: { httpGet: { path: '/readyz', port, scheme: 'HTTPS' }, initialDelaySeconds: 20, ...probe },
      livenessProbe: { httpGet: { path: '/livez', port, scheme: 'HTTPS' }, ...probe },
      resources: resources(requests(cluster)),
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    },
    // Its self-made certificate.
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
}

/** 100m and 200Mi are for up to 100 nodes, each further one takes 1m and 2Mi (README at v0.9.0, "Scaling" and "Resource efficiency"). */
function requests({ nodeGroups }: ResolvedCluster): { cpuMillis: number; memoryMiB: number } {
  const nodes = nodeGroups.reduce((sum, { max }) => sum + max, 0);
  const beyond = Math.max(0, nodes - 100);
  return { cpuMillis: 100 + beyond, memoryMiB: 200 + 2 * beyond };
}

function addApi(chart: Chart, controller: Controller): void {
  new k8s.KubeService(chart, 'service', {
    metadata: objectMeta(controller),
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(controller),
      ports: [
        {
          name: 'https',
          port: 443,
          protocol: 'TCP',
          targetPort: k8s.IntOrString.fromString('https'),
          appProtocol: 'https',
        },
      ],
    },
  });
  new k8s.KubeApiService(chart, 'api', {
    metadata: clusterMeta(controller, { name: 'v1beta1.metrics.k8s.io' }),
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { name: controller.name, namespace: controller.namespace, port: 443 },
      // It makes its certificate at every start; nobody can know it before.
      insecureSkipTlsVerify: true,
    },
  });
}
