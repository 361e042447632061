import type { Chart } from 'cdk8s';
import { componentApplication } from '../../src/model/application-names.js';
import { nodeLifecycleLabel } from '../../src/model/node-lifecycle.js';
import type { GroupKind } from '../../src/model/project-kinds.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { addApplication } from './application.js';
import { platformProject } from './names.js';

/** The chart's name, and that of its release: every object of it is named after them. */
const releaseName = 'aws-load-balancer-controller';

/** Where the chart's release goes. */
export const loadBalancerNamespace = 'kube-system';

/** Cluster-scoped kinds of the chart (aws/eks-charts 5239609, stable/aws-load-balancer-controller 3.5.0, templates/ and crds/). */
export const loadBalancerClusterKinds = [
  { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'elbv2.k8s.aws', kind: 'IngressClassParams' },
  { group: 'networking.k8s.io', kind: 'IngressClass' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
] as const satisfies readonly GroupKind[];

/** Namespaced kinds of the chart, with the values below. */
export const loadBalancerNamespacedKinds = [
  { group: '', kind: 'Secret' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
  { group: 'rbac.authorization.k8s.io', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
] as const satisfies readonly GroupKind[];

/**
 * The AWS Load Balancer Controller, from its pinned upstream chart. The chart makes a certificate at every render, so the Secret's data
 * and the webhooks' caBundle always differ: they are ignored and, by RespectIgnoreDifferences, left as they are. Only here: elsewhere
 * the option copies live fields into what is applied, and taking it away again is an outage.
 */
export function addLoadBalancerController(chart: Chart, cluster: ResolvedCluster, wave: number): void {
  const { repository, chart: chartName, version } = cluster.components.loadBalancerControllerChart;
  const webhook = {
    group: 'admissionregistration.k8s.io',
    name: 'aws-load-balancer-webhook',
    jqPathExpressions: ['.webhooks[].clientConfig.caBundle'],
  };
  addApplication(chart, componentApplication('aws-load-balancer-controller'), {
    project: platformProject,
    source: {
      repoUrl: repository,
      chart: chartName,
      targetRevision: version,
      helm: { releaseName, valuesObject: values(cluster) },
    },
    namespace: loadBalancerNamespace,
    wave,
    prune: true,
    syncOptions: ['RespectIgnoreDifferences=true'],
    ignoreDifferences: [
      {
        group: '',
        kind: 'Secret',
        name: 'aws-load-balancer-tls',
        namespace: loadBalancerNamespace,
        jsonPointers: ['/data'],
      },
      { kind: 'MutatingWebhookConfiguration', ...webhook },
      { kind: 'ValidatingWebhookConfiguration', ...webhook },
    ],
  });
}

function values(cluster: ResolvedCluster): Record<string, unknown> {
  const role = cluster.controllerRoles.loadBalancerController;
  if (role === undefined)
    throw new Error(`cluster ${cluster.name} has a load balancer controller without an AWS identity`);
  return {
    clusterName: cluster.name,
    region: cluster.region,
    // Not known before eksctl has made it: then the controller asks the instance metadata, two hops away.
    ...(cluster.vpc.id !== undefined && { vpcId: cluster.vpc.id }),
    serviceAccount: {
      create: true,
      name: role.serviceAccount,
      ...(role.roleArn !== undefined && { annotations: { 'eks.amazonaws.com/role-arn': role.roleArn } }),
    },
    // Two, not only in production: the chart gives one copy no PodDisruptionBudget, and its webhooks fail while none runs.
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: 'system-cluster-critical',
    // The sizes that the chart's values.yaml proposes. No limit: out of memory, it would stop registering pods.
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
    // An affinity of one's own replaces the chart's, so the spread over hosts is repeated.
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: nodeLifecycleLabel, operator: 'In', values: ['on-demand'] }] },
          ],
        },
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              labelSelector: { matchLabels: { 'app.kubernetes.io/name': releaseName } },
              topologyKey: 'kubernetes.io/hostname',
            },
          },
        ],
      },
    },
    // It would stand between the API and every Service of the cluster, for Services of type LoadBalancer, which nobody renders.
    enableServiceMutatorWebhook: false,
    // Pods start without their readiness gate while the controller is away, rather than not at all. The chart's own default.
    podMutatorWebhookConfig: { failurePolicy: 'Ignore' },
  };
}
