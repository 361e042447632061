import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { argoCdApplication, platformRootApplication } from '../../src/model/application-names.js';
import { argoCdWorkloads } from '../../src/model/argocd-workloads.js';
import type { ResolvedCluster } from '../../src/model/resolved.js';
import { addApplication, gitSource } from './application.js';
import { argoCdNamespace, argoCdProject, closedProject, renderedPath, rootsProject } from './names.js';
import { addArgoCdProject, addRootsProject } from './bootstrap-projects.js';
import { addClosedProject } from './project.js';
import { addWebhookIngress } from './webhook-ingress.js';

/** The objects of bootstrap/ beside upstream's release: what a person applies once, and Argo CD keeps from then on. */
export function addBootstrap(chart: Chart, cluster: ResolvedCluster): void {
  addNamespace(chart, cluster);
  addClosedProject(chart, closedProject);
  addArgoCdProject(chart, cluster);
  addRootsProject(chart, cluster);
  addArgoCdApplication(chart, cluster);
  addPlatformApplication(chart, cluster);
  for (const { name } of argoCdWorkloads) addDisruptionBudget(chart, name);
  if (cluster.gitops.webhook) addWebhookIngress(chart, cluster.gitops.webhook);
}

/** Every pod of upstream's release bears the restricted level (install.yaml of v3.5.3: seccomp, no capabilities, no root, no host). */
function addNamespace(chart: Chart, cluster: ResolvedCluster): void {
  const version = `v${cluster.kubernetesVersion}`;
  new k8s.KubeNamespace(chart, 'namespace', {
    metadata: {
      name: argoCdNamespace,
      labels: Object.fromEntries(
        ['enforce', 'audit', 'warn'].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, 'restricted'],
          [`pod-security.kubernetes.io/${mode}-version`, version],
        ]),
      ),
    },
  });
}

/**
 * Argo CD under its own care. It never prunes: what it deleted by mistake could be itself. Server-side apply, since the CRD of
 * ApplicationSets is too large for the annotation that client-side apply leaves (262,144 bytes).
 */
function addArgoCdApplication(chart: Chart, cluster: ResolvedCluster): void {
  addApplication(chart, argoCdApplication, {
    project: argoCdProject,
    source: gitSource(cluster, renderedPath(cluster, 'bootstrap')),
    namespace: argoCdNamespace,
    prune: false,
    syncOptions: ['ServerSideApply=true'],
  });
}

function addPlatformApplication(chart: Chart, cluster: ResolvedCluster): void {
  addApplication(chart, platformRootApplication, {
    project: rootsProject,
    source: gitSource(cluster, renderedPath(cluster, 'argocd')),
    namespace: argoCdNamespace,
    prune: true,
  });
}

function addDisruptionBudget(chart: Chart, name: string): void {
  new k8s.KubePodDisruptionBudget(chart, `disruption-${name}`, {
    metadata: { name, namespace: argoCdNamespace },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
    },
  });
}
