import { randomBytes, webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  cryptoProvider,
} from '@peculiar/x509';
import type { JsonGeneralName, X509Certificate } from '@peculiar/x509';

cryptoProvider.set(webcrypto as never);

/** Where Argo CD's release lies: the rig serves it under its own URL (release-mirror.ts). */
export const RELEASE_HOST = 'raw.githubusercontent.com';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 3600 * 1000;

/** Paths of a certificate and its key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Every certificate of one cluster, made for this run and worthless after it. */
export interface Pki {
  readonly ca: string;
  readonly apiserver: KeyPair;
  readonly admin: KeyPair;
  readonly controllerManager: KeyPair;
  readonly scheduler: KeyPair;
  /** What kwok, metrics-server and other servers show; their clients do not check it. */
  readonly serving: KeyPair;
  /** With this the API server proves to an aggregated API that it is the API server. */
  readonly frontProxyCa: string;
  readonly frontProxyClient: KeyPair;
  readonly serviceAccounts: { readonly publicKey: string; readonly privateKey: string };
}

interface Authority {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  readonly names?: JsonGeneralName[];
}

/** Makes and writes all of it into `folder`; P-256, so it takes some 50 ms. */
export async function createPki(folder: string): Promise<Pki> {
  mkdirSync(folder, { recursive: true });
  const ca = await authority('spillway-rig-ca');
  const frontProxy = await authority('spillway-rig-front-proxy');
  const issue = (file: string, subject: Subject, by = ca): Promise<KeyPair> => leaf(by, subject, join(folder, file));
  const loopback: JsonGeneralName[] = [
    { type: 'ip', value: '127.0.0.1' },
    { type: 'ip', value: '10.96.0.1' },
    { type: 'dns', value: 'localhost' },
    { type: 'dns', value: 'kubernetes.default.svc' },
  ];
  return {
    ca: write(folder, 'ca.crt', ca.certificate.toString('pem')),
    apiserver: await issue('apiserver', { commonName: 'kube-apiserver', names: loopback }),
    // system:masters is bound to everything by the API server itself.
    admin: await issue('admin', { commonName: 'rig-admin', organization: 'system:masters' }),
    controllerManager: await issue('controller-manager', { commonName: 'system:kube-controller-manager' }),
    scheduler: await issue('scheduler', { commonName: 'system:kube-scheduler' }),
    serving: await issue('serving', { commonName: 'rig', names: [...loopback, { type: 'dns', value: RELEASE_HOST }] }),
    frontProxyCa: write(folder, 'front-proxy-ca.crt', frontProxy.certificate.toString('pem')),
    frontProxyClient: await issue('front-proxy-client', { commonName: 'front-proxy-client' }, frontProxy),
    serviceAccounts: await serviceAccountKeys(folder),
  };
}

async function authority(commonName: string): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${commonName}`,
    ...validity(),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature, true),
    ],
  });
  return { certificate, keys };
}

async function leaf(by: Authority, { commonName, organization, names }: Subject, path: string): Promise<KeyPair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `${organization === undefined ? '' : `O=${organization}, `}CN=${commonName}`,
    issuer: by.certificate.subject,
    ...validity(),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: by.keys.privateKey,
    extensions: [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.serverAuth]),
      ...(names === undefined ? [] : [new SubjectAlternativeNameExtension(names)]),
    ],
  });
  writeFileSync(`${path}.crt`, certificate.toString('pem'));
  writeFileSync(`${path}.key`, await privateKeyPem(keys), { mode: 0o600 });
  return { cert: `${path}.crt`, key: `${path}.key` };
}

async function serviceAccountKeys(folder: string): Promise<Pki['serviceAccounts']> {
  const keys = await newKeys();
  const spki = await webcrypto.subtle.exportKey('spki', keys.publicKey);
  return {
    publicKey: write(folder, 'service-accounts.pub', PemConverter.encode(spki, 'PUBLIC KEY')),
    privateKey: write(folder, 'service-accounts.key', await privateKeyPem(keys)),
  };
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function privateKeyPem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
}

/** A day back, for clocks that disagree; a week on, for a rig that a person leaves running. */
function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 7 * DAY_MS) };
}

/** Positive as X.509 asks: the first bit is 0. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return bytes.toString('hex');
}

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
