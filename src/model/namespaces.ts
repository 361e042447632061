import type { ClusterSpec } from '../spec/schema/cluster.js';
import type { Fields } from './fields.js';
import type { ResolvedApp, ResolvedNamespace } from './resolved.js';
import { cpuQuantity, memoryQuantity } from './units.js';

type NamespaceSpec = NonNullable<ClusterSpec['namespaces']>[string];

/** The namespaces of controllers that Spillway renders; Argo CD's own is part of bootstrap/. */
const controllerNamespaces = ['argo-rollouts'] as const;

/** Namespaces that belong to Kubernetes, EKS or the platform: no app may live there. */
export const reservedNamespaces = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'default',
  'argocd',
  'amazon-cloudwatch',
  'amazon-guardduty',
  ...controllerNamespaces,
] as const;

function resolveNamespace(
  fields: Fields,
  name: string,
  spec: NamespaceSpec,
  apps: readonly Pick<ResolvedApp, 'ingress'>[],
): ResolvedNamespace {
  const { quota } = spec;
  return {
    name,
    purpose: 'app',
    podSecurity: fields.value(['namespaces', name, 'podSecurity'], spec.podSecurity),
    labels: spec.labels ?? {},
    ...(quota === undefined
      ? {}
      : {
          quota: {
            ...(quota.cpu === undefined ? {} : { cpuMillis: cpuQuantity(quota.cpu).amount }),
            ...(quota.memory === undefined ? {} : { memoryBytes: memoryQuantity(quota.memory).amount }),
            ...(quota.pods === undefined ? {} : { pods: quota.pods }),
          },
        }),
    readinessGates: apps.some((app) => app.ingress !== undefined),
  };
}

/** Every namespace of the cluster, each once, sorted by name: of apps, of settings, and of controllers. */
export function resolveNamespaces(
  fields: Fields,
  specs: ClusterSpec['namespaces'],
  apps: readonly Pick<ResolvedApp, 'namespace' | 'ingress'>[],
): ResolvedNamespace[] {
  const names = [...new Set([...apps.map((app) => app.namespace), ...Object.keys(specs ?? {})])];
  const ofApps = names
    .filter((name) => !(reservedNamespaces as readonly string[]).includes(name))
    .map((name) =>
      resolveNamespace(
        fields,
        name,
        specs?.[name] ?? {},
        apps.filter((app) => app.namespace === name),
      ),
    );
  const ofControllers = controllerNamespaces.map((name): ResolvedNamespace => ({
    name,
    purpose: 'controller',
    podSecurity: 'restricted',
    labels: {},
    readinessGates: false,
  }));
  return [...ofApps, ...ofControllers].sort((a, b) => (a.name < b.name ? -1 : 1));
}
