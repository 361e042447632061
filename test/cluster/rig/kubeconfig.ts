import { readFileSync, writeFileSync } from 'node:fs';

import type { KeyPair } from './pki.js';

/** Who speaks to the API server: a client certificate, or a service account's token. */
export type Identity = KeyPair | { readonly token: string };

/**
 * Writes a kubeconfig file with everything inlined and returns its path. JSON, which every client reads as YAML.
 * @param server such as https://127.0.0.1:20001
 */
export function writeKubeconfig(path: string, server: string, caFile: string, identity: Identity): string {
  const inline = (file: string): string => readFileSync(file).toString('base64');
  const user =
    'token' in identity
      ? { token: identity.token }
      : { 'client-certificate-data': inline(identity.cert), 'client-key-data': inline(identity.key) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'rig', cluster: { server, 'certificate-authority-data': inline(caFile) } }],
    users: [{ name: 'rig', user }],
    contexts: [{ name: 'rig', context: { cluster: 'rig', user: 'rig' } }],
    'current-context': 'rig',
  };
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return path;
}
