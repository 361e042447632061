import { randomBytes, webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { join } from 'node:path';

import {
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  cryptoProvider,
} from '@peculiar/x509';

import { ManagedProcess } from '../rig/process.js';
import { waitFor } from '../rig/wait.js';
import { craneProgram } from './crane.js';

/** A registry as a build agent meets it: a real OCI registry behind a host name of its own, with TLS and a login. */
export interface Registry {
  readonly host: string;
  readonly username: string;
  readonly password: string;
  /** Present where it is Amazon ECR: then the password is the token that `aws ecr get-login-password` gives. */
  readonly ecr?: { readonly region: string };
  /** Where the registry behind it answers without TLS and login, for who looks at it from the test: `127.0.0.1:PORT`. */
  readonly backend: string;
  /** A line for /etc/hosts. */
  readonly hostsLine: string;
  /** Path of the certificate that clients must trust. */
  readonly certificate: string;
  /** `METHOD path status`, in the order of the answers. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

export interface RegistryOptions {
  readonly folder: string;
  /** Names of the repositories that are there. */
  readonly repositories: readonly string[];
}

/** Amazon ECR as far as an image needs it: its host name, its user AWS with a token, and no repository that was not made before. */
export function startEcr(options: RegistryOptions): Promise<Registry> {
  const region = 'us-east-1';
  const host = `123456789012.dkr.ecr.${region}.amazonaws.com`;
  return startRegistry({
    ...options,
    host,
    username: 'AWS',
    password: randomBytes(24).toString('base64url'),
    ecr: { region },
  });
}

/**
 * Starts `crane registry serve` (google/go-containerregistry) and, in front of it, a server that answers under the host's name on port 443,
 * asks for the login (Basic, as ECR's own challenge does) and knows only the repositories that are there.
 */
export async function startRegistry(
  options: RegistryOptions & Pick<Registry, 'host' | 'username' | 'password' | 'ecr'>,
): Promise<Registry> {
  const { folder, repositories, host, username, password, ecr } = options;
  mkdirSync(folder, { recursive: true });
  const requests: string[] = [];
  const { process: registry, address: backend } = await startBackend(folder);
  const { cert, key } = await certificateFor(host);
  const certificate = join(folder, 'registry.crt');
  writeFileSync(certificate, cert);

  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const { method = 'GET', url = '/' } = incoming;
    outgoing.on('finish', () => requests.push(`${method} ${url.split('?')[0] ?? ''} ${outgoing.statusCode}`));
    const name = /^\/v2\/(.+?)\/(blobs|manifests|tags)\//.exec(url)?.[1];
    if (incoming.headers.authorization !== authorization) {
      const challenge = `Basic realm="https://${host}/",service="${host}"`;
      outgoing
        .writeHead(401, { 'www-authenticate': challenge, 'docker-distribution-api-version': 'registry/2.0' })
        .end();
    } else if (name !== undefined && !repositories.includes(name)) {
      outgoing.writeHead(404, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify({ errors: [{ code: 'NAME_UNKNOWN', message: `there is no repository ${name}` }] }));
    } else {
      const { authorization: _, ...headers } = incoming.headers;
      const [hostname, port] = backend.split(':');
      const passed = request({ hostname, port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    }
  });
  const address = await listenOnHttps(server);
  return {
    ...{ host, username, password, backend, certificate, requests },
    ...(ecr === undefined ? {} : { ecr }),
    hostsLine: `${address} ${host}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      await registry.stop();
    },
  };
}

async function startBackend(folder: string): Promise<{ process: ManagedProcess; address: string }> {
  const registry = new ManagedProcess({
    name: 'registry',
    command: craneProgram(),
    args: ['registry', 'serve', '--address', '127.0.0.1:0'],
    logFile: join(folder, 'registry.log'),
  });
  const port = await waitFor('the registry to listen', () => {
    registry.mustRun();
    return /serving on port (\d+)/.exec(registry.log())?.[1];
  });
  return { process: registry, address: `127.0.0.1:${port}` };
}

/** Port 443 is everybody's in the rig's network, and every address of 127/8 is ours: one of them is free. */
async function listenOnHttps(server: Server): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const [a = 0, b = 0] = randomBytes(2);
    const address = `127.77.${a}.${Math.max(b, 1)}`;
    const listens = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') resolve(false);
        else reject(error);
      });
      server.listen(443, address, () => {
        resolve(true);
      });
    });
    if (listens) {
      server.unref();
      return address;
    }
  }
  throw new Error('no address of 127.77/16 has a free port 443');
}

async function certificateFor(host: string): Promise<{ cert: string; key: string }> {
  cryptoProvider.set(webcrypto as never);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const day = 24 * 3600 * 1000;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${host}`,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 7 * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
  });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: certificate.toString('pem'), key };
}
