import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';

import type { Cluster } from './cluster.js';
import { RELEASE_HOST } from './pki.js';

const RELEASE_PATH = '/argoproj/argo-cd/v3.5.3/manifests/install.yaml';

/** A server in the place of the one that Argo CD's release is fetched from. */
export interface ReleaseMirror {
  /** What RELEASE_HOST must resolve to for whoever shall meet it. */
  readonly address: string;
  /** Put before a command's name, and `env` into its environment, these make it meet the mirror under the release's URL. */
  readonly prefix: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/**
 * Serves Argo CD's release under its own URL, out of the module that the rig has built Argo CD of, so that bootstrap/ can
 * be applied as it is rendered in a network without a way out. Its certificate is of the cluster's authority.
 */
export async function startReleaseMirror(cluster: Cluster): Promise<ReleaseMirror> {
  const { pki, slot, file } = cluster.site;
  const release = readFileSync(file('argocd-install.yaml'));
  const tls = { cert: readFileSync(pki.serving.cert), key: readFileSync(pki.serving.key) };
  const server = createServer(tls, (request, response) => {
    if (request.url === RELEASE_PATH) response.end(release);
    else response.writeHead(404).end();
  });
  // The last address of the cluster's own range, which kwok gives to pods from its beginning.
  const address = `10.244.${slot.index * 16 + 15}.254`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(443, address, resolve);
  });
  server.unref();
  const hosts = join(cluster.site.folder, 'mirror-hosts');
  writeFileSync(hosts, `127.0.0.1 localhost\n${address} ${RELEASE_HOST}\n`);
  return {
    address,
    prefix: ['unshare', '--mount', 'sh', '-euc', 'mount --bind "$1" /etc/hosts; shift; exec "$@"', 'sh', hosts],
    env: { SSL_CERT_FILE: pki.ca },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
