import { join } from 'node:path';

import { writeKubeconfig } from './kubeconfig.js';
import { ManagedProcess } from './process.js';
import type { Site } from './site.js';

/** The real kube-scheduler in its default configuration, which is what EKS runs. */
export function startScheduler(site: Site): ManagedProcess {
  const kubeconfig = writeKubeconfig(
    join(site.folder, 'scheduler.kubeconfig'),
    site.server,
    site.pki.ca,
    site.pki.scheduler,
  );
  return new ManagedProcess({
    name: 'kube-scheduler',
    command: site.file('kube-scheduler'),
    logFile: site.logFile('kube-scheduler'),
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${site.slot.port(4)}`,
      '--leader-elect=false',
      '--profiling=false',
    ],
  });
}
