import { chmodSync, copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import type { V1Container, V1Pod } from '@kubernetes/client-node';

import type { Cluster } from './cluster.js';
import { containerOf, rigArguments } from './container.js';
import type { PodProcess } from './pod-process.js';

/** The workloads of Argo CD that the rig runs; dex, notifications and ApplicationSets have nothing to do in it. */
export type ArgocdWorkload = 'argocd-repo-server' | 'argocd-application-controller' | 'argocd-server';

/** What every part of one Argo CD shares. */
export interface ArgocdSite {
  /** The programs that the image holds: the component's names, git's helper script, kustomize. */
  readonly binFolder: string;
  /** Names of Services → addresses of the pods behind them. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Environment that the test states on top of what is rendered. */
  readonly env: Readonly<Record<string, string>>;
}

/** Makes the folder of programs that the image of Argo CD would have in /usr/local/bin. */
export function argocdPrograms({ site }: Cluster): string {
  const folder = join(site.folder, 'argocd-bin');
  mkdirSync(folder, { recursive: true });
  // One binary, which looks at the name by which it is called.
  for (const name of ['argocd', 'argocd-repo-server', 'argocd-application-controller', 'argocd-server'])
    symlinkSync(site.file('argocd'), join(folder, name));
  symlinkSync(site.file('kustomize'), join(folder, 'kustomize'));
  const wrapper = join(folder, 'git-verify-wrapper.sh');
  copyFileSync(site.file('git-verify-wrapper.sh'), wrapper);
  chmodSync(wrapper, 0o755);
  return folder;
}

/**
 * One part as its pod would run it: the rendered arguments and environment, so with TLS between the parts and redis's
 * password. What the rig changes: addresses (each pod's own, since several clusters share a network) and folders that
 * only the image has.
 */
export function argocdProcess(
  cluster: Cluster,
  workload: ArgocdWorkload,
  pod: V1Pod,
  { binFolder, hosts, env }: ArgocdSite,
): PodProcess {
  const container = containerOf(pod, workload);
  const temporary = join(cluster.site.folder, `${workload}-tmp`);
  mkdirSync(temporary, { recursive: true });
  return {
    name: workload,
    pod,
    container,
    command: join(binFolder, workload),
    args: rigArguments(renderedArguments(container), { plus: addressFlags(cluster, workload, pod) }),
    hosts,
    env: {
      PATH: `${binFolder}:/usr/bin:/bin`,
      TMPDIR: temporary,
      KUBECACHEDIR: join(temporary, 'kubecache'),
      ARGOCD_ASK_PASS_SOCK: join(temporary, 'ask-pass.sock'),
      ARGOCD_TLS_DATA_PATH: temporary,
      ARGOCD_SSH_DATA_PATH: temporary,
      // No gpg here; commits are not signed.
      ARGOCD_GPG_ENABLED: 'false',
      // Otherwise read from the host's name, which would be the pod's.
      ARGOCD_CONTROLLER_SHARD: '0',
      // Whoever calls out trusts the rig's authority: see release-mirror.ts.
      SSL_CERT_FILE: cluster.site.pki.ca,
      // Two cores, and memory enough: garbage is collected when the heap has tripled, not doubled. A third less CPU for the controller.
      GOGC: '200',
      ...env,
    },
  };
}

/** The arguments after the program's own name. */
function renderedArguments({ command = [], args = [] }: V1Container): string[] {
  return [...command, ...args].slice(1);
}

function addressFlags({ site }: Cluster, workload: ArgocdWorkload, pod: V1Pod): Record<string, string> {
  const address = pod.status?.podIP ?? '';
  // Of the controller's metrics only the port can be chosen.
  if (workload === 'argocd-application-controller') return { 'metrics-port': String(site.slot.port(20)) };
  return { address, 'metrics-address': address };
}
