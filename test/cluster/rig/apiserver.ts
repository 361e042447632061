import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';

import { etcdUrl } from './etcd.js';
import { ManagedProcess } from './process.js';
import type { Site } from './site.js';
import { waitFor } from './wait.js';

/** Settings of the API server that a test may choose. */
export interface ApiserverOptions {
  /** Admission plugins beside those that are on by default. */
  readonly admissionPlugins?: readonly string[];
  /** Such as `WatchList=false`. */
  readonly featureGates?: readonly string[];
}

/** The file, in a cluster's log folder, in which its API server notes every request of a service account. */
export const AUDIT_LOG = 'audit.jsonl';

/** The real kube-apiserver on loopback, with RBAC, every default admission plugin, and the aggregation layer. */
export async function startApiserver(site: Site, options: ApiserverOptions = {}): Promise<ManagedProcess> {
  const { pki, slot } = site;
  const apiserver = new ManagedProcess({
    name: 'kube-apiserver',
    command: site.file('kube-apiserver'),
    logFile: site.logFile('kube-apiserver'),
    args: [
      `--etcd-servers=${etcdUrl(site)}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${slot.port(2)}`,
      // Nothing in the rig reaches the API by the endpoints of Service kubernetes, and the API refuses loopback there.
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--tls-cert-file=${pki.apiserver.cert}`,
      `--tls-private-key-file=${pki.apiserver.key}`,
      `--client-ca-file=${pki.ca}`,
      `--service-account-key-file=${pki.serviceAccounts.publicKey}`,
      `--service-account-signing-key-file=${pki.serviceAccounts.privateKey}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      '--authorization-mode=Node,RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--allow-privileged',
      '--shutdown-delay-duration=0s',
      '--profiling=false',
      // Aggregated APIs are reached at the IPs of their pods, which are local in the rig's network (see network.ts).
      '--enable-aggregator-routing=true',
      `--requestheader-client-ca-file=${pki.frontProxyCa}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      `--proxy-client-cert-file=${pki.frontProxyClient.cert}`,
      `--proxy-client-key-file=${pki.frontProxyClient.key}`,
      ...auditFlags(site),
      ...listFlag('enable-admission-plugins', options.admissionPlugins),
      ...listFlag('feature-gates', options.featureGates),
    ],
  });
  await waitFor(
    'the API server to be ready',
    async () => {
      apiserver.mustRun();
      return (await get(site, '/readyz')) === 200;
    },
    { timeoutMs: 60_000 },
  );
  return apiserver;
}

function listFlag(name: string, values: readonly string[] = []): string[] {
  return values.length === 0 ? [] : [`--${name}=${values.join(',')}`];
}

/**
 * One line a request, at level Metadata, for service accounts only: the administrator and kwok, who make most requests,
 * are not under any rule of ours. A line is on the disk when its request ends, since clusters end by SIGKILL.
 */
function auditFlags(site: Site): string[] {
  const policy = join(site.folder, 'audit-policy.json');
  const rules = [{ level: 'Metadata', userGroups: ['system:serviceaccounts'] }, { level: 'None' }];
  const omitStages = ['RequestReceived'];
  writeFileSync(policy, JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages, rules }));
  return [
    `--audit-policy-file=${policy}`,
    `--audit-log-path=${join(site.logFolder, AUDIT_LOG)}`,
    '--audit-log-mode=blocking',
  ];
}

/** The status code of GET `path` as admin. */
function get(site: Site, path: string): Promise<number> {
  const { pki, server } = site;
  const [ca, cert, key] = [pki.ca, pki.admin.cert, pki.admin.key].map((file) => readFileSync(file));
  return new Promise((resolve, reject) => {
    const req = request(`${server}${path}`, { ca, cert, key, agent: false, timeout: 2_000 }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    req.on('timeout', () => req.destroy(new Error('no answer in 2 s')));
    req.on('error', reject);
    req.end();
  });
}
