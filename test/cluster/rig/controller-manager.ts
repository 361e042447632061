import { join } from 'node:path';

import { writeKubeconfig } from './kubeconfig.js';
import { ManagedProcess } from './process.js';
import type { Site } from './site.js';

/** Settings of the controllers that a test may choose. */
export interface ControllerManagerOptions {
  /** How often the HPA controller looks, in seconds; Kubernetes' default is 15, the rig's 5 saves waiting. */
  readonly hpaSyncSeconds?: number;
}

/** The real kube-controller-manager, each controller under its own service account. */
export function startControllerManager(site: Site, options: ControllerManagerOptions = {}): ManagedProcess {
  const { pki, slot } = site;
  const kubeconfig = writeKubeconfig(
    join(site.folder, 'controller-manager.kubeconfig'),
    site.server,
    pki.ca,
    pki.controllerManager,
  );
  return new ManagedProcess({
    name: 'kube-controller-manager',
    command: site.file('kube-controller-manager'),
    logFile: site.logFile('kube-controller-manager'),
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${slot.port(3)}`,
      '--leader-elect=false',
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${pki.serviceAccounts.privateKey}`,
      `--root-ca-file=${pki.ca}`,
      `--horizontal-pod-autoscaler-sync-period=${options.hpaSyncSeconds ?? 5}s`,
      // Some forty controllers each ask for a service account and its token before the first of them runs: four seconds at 20 a second.
      '--kube-api-qps=200',
      '--kube-api-burst=400',
      '--profiling=false',
    ],
  });
}
