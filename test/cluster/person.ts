// `npm run rig [-- prod|staging]`: a running cluster with dist/<cluster>/ applied and a kubeconfig, until Ctrl-C.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

import { CLUSTERS, distFolder } from './support/dist.js';
import type { ClusterName } from './support/dist.js';
import { kustomizedBootstrap } from './support/bootstrap.js';
import { install, layersOf } from './support/install.js';
import { nodesOfGroups } from './support/node-groups.js';
import { runMetricsServer, runRollouts } from './support/platform.js';
import { apply } from './rig/apply.js';
import { startCluster } from './rig/cluster.js';
import type { Cluster } from './rig/cluster.js';
import { wayIn } from './rig/way-in.js';

async function main(name: ClusterName): Promise<void> {
  const cluster = await startCluster({ name: 'rig-of-a-person', nodes: nodesOfGroups(name, { base: 3, burst: 1 }) });
  try {
    console.log(`the control plane runs; applying dist/${name}/ …`);
    await applyRepository(cluster, name);
    console.log(welcome(cluster, name));
    await shell(cluster);
  } finally {
    await cluster.stop();
  }
}

/** Everything of dist/<cluster>/, with real controllers for metrics and Rollouts. Argo CD's own pods are only played. */
async function applyRepository(cluster: Cluster, name: ClusterName): Promise<void> {
  const argocd = await kustomizedBootstrap(cluster, distFolder(name));
  const isFirst = ({ kind }: { kind: string }): boolean => ['CustomResourceDefinition', 'Namespace'].includes(kind);
  await apply(cluster, { objects: argocd.filter(isFirst) }, { serverSide: true });
  await cluster.crdsServed();
  await apply(cluster, { objects: argocd.filter((object) => !isFirst(object)) }, { serverSide: true });
  await runMetricsServer(cluster, name);
  await runRollouts(cluster, name);
  await install(
    cluster,
    layersOf(name, ({ path }) => !path.startsWith('bootstrap/')),
  );
}

function welcome(cluster: Cluster, name: ClusterName): string {
  return [
    '',
    `${name} runs at ${cluster.site.server}, in a network of its own. From another shell of this machine:`,
    `  ${wayIn() ?? ''} ${cluster.site.file('kubectl')} --kubeconfig=${cluster.kubeconfig} get pods -A`,
    `Logs of its parts: ${cluster.site.logFolder}`,
    'Load on an app: kubectl annotate pods -n podinfo --all --overwrite kwok.x-k8s.io/usage-cpu=300m',
    process.stdin.isTTY
      ? 'This shell has kubectl and KUBECONFIG; leave it (exit, Ctrl-D), and everything is gone.'
      : 'Ctrl-C (or SIGTERM), and everything is gone.',
    '',
  ].join('\n');
}

/** A shell inside the network where there is a terminal; elsewhere until somebody ends it. */
async function shell(cluster: Cluster): Promise<void> {
  const kubectlFolder = cluster.site.file('kubectl').replace(/\/[^/]+$/, '');
  const env = {
    ...process.env,
    KUBECONFIG: cluster.kubeconfig,
    PATH: `${kubectlFolder}:${process.env['PATH'] ?? ''}`,
    PS1: 'rig $ ',
  };
  if (!process.stdin.isTTY) {
    // The rig ends its parts on Ctrl-C and SIGTERM; the promise keeps this process until then.
    await new Promise<never>(() => setInterval(() => undefined, 60_000));
  }
  // A plain sh complains at its end about the terminal of another process namespace.
  const [file, ...args] = existsSync('/bin/bash') ? ['/bin/bash', '--noprofile', '--norc', '-i'] : ['sh', '-i'];
  const child = spawn(file, args, { stdio: 'inherit', env });
  await new Promise((resolve) => child.once('exit', resolve));
}

const [name = 'prod'] = process.argv.slice(2);
const known = CLUSTERS.find((it) => it === name);
if (known === undefined) {
  console.error(`rig: no cluster ${name} (there are ${CLUSTERS.join(', ')})`);
  process.exit(2);
}
main(known).catch((error: unknown) => {
  console.error(`rig: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
