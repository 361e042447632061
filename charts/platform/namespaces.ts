import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { KubeObject } from '../../src/model/kube-object.js';
import type { ResolvedCluster, ResolvedNamespace } from '../../src/model/resolved.js';
import { chartObjects } from '../chart.js';
import { present } from '../present.js';

/** Every namespace of apps and of rendered controllers, each once, and the quotas that were asked for. */
export function namespaceObjects(cluster: ResolvedCluster): KubeObject[] {
  return chartObjects('namespaces', (chart) => {
    for (const namespace of cluster.namespaces) {
      addNamespace(chart, cluster, namespace);
      if (namespace.quota !== undefined) addQuota(chart, namespace, namespace.quota);
    }
  });
}

const managedBy = { 'app.kubernetes.io/managed-by': 'spillway' };

/**
 * A namespace that leaves dist/ stays in the cluster until a person deletes it: whatever else lives in it (volumes, Secrets that nobody
 * rendered) would go with it. Argo CD's own `Prune=confirm` asks too, but its Application applies nothing else until somebody answers
 * (seen: rig.md C.6), so that one forgotten question would keep every new app's namespace away. `Prune=false` never waits, and
 * IgnoreExtraneous keeps the Application Synced meanwhile (controller/state.go of Argo CD v3.5.3), which waves and their health check
 * need; the namespace itself is still shown as out of sync. Deleting it by hand is the confirmation.
 * `Delete=confirm` is for a person who deletes the whole Application with all that it holds.
 */
const keptUntilConfirmed = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=confirm',
};

function addNamespace(chart: Chart, cluster: ResolvedCluster, namespace: ResolvedNamespace): void {
  new k8s.KubeNamespace(chart, `namespace-${namespace.name}`, {
    metadata: {
      name: namespace.name,
      labels: {
        ...namespace.labels,
        ...managedBy,
        ...podSecurityLabels(cluster, namespace),
        // The Load Balancer Controller then adds a readiness gate to the pods behind a target group.
        ...(namespace.readinessGates && { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' }),
      },
      annotations: keptUntilConfirmed,
    },
  });
}

/** Pinned to the cluster's minor: an upgrade of the control plane alone must not refuse pods that ran the day before. */
function podSecurityLabels(cluster: ResolvedCluster, { podSecurity }: ResolvedNamespace): Record<string, string> {
  const version = `v${cluster.kubernetesVersion}`;
  const modes = ['enforce', 'audit', 'warn'];
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, podSecurity],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]),
  );
}

function addQuota(chart: Chart, namespace: ResolvedNamespace, quota: NonNullable<ResolvedNamespace['quota']>): void {
  const { cpuMillis, memoryBytes, pods } = quota;
  new k8s.KubeResourceQuota(chart, `quota-${namespace.name}`, {
    metadata: { name: 'quota', namespace: namespace.name, labels: managedBy },
    spec: {
      hard: present<Record<string, k8s.Quantity>>({
        'requests.cpu': cpuMillis === undefined ? undefined : k8s.Quantity.fromString(cpuText(cpuMillis)),
        'requests.memory': memoryBytes === undefined ? undefined : k8s.Quantity.fromString(memoryText(memoryBytes)),
        pods: pods === undefined ? undefined : k8s.Quantity.fromString(String(pods)),
      }),
    },
  });
}

/** Millicores in the form in which the API server gives them back: `2`, `1500m`. */
function cpuText(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

/** Bytes in the form in which the API server gives them back: the largest binary unit that leaves a whole number. */
function memoryText(bytes: number): string {
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti'];
  let rest = bytes;
  let unit = 0;
  while (unit < units.length - 1 && rest > 0 && rest % 1024 === 0) {
    rest /= 1024;
    unit += 1;
  }
  return `${rest}${units[unit] ?? ''}`;
}
