import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pinned } from '../../../src/delivery/registry/manifest-digest.js';
import { put, temporaryRoot } from '../../layout/temporary-root.js';

const manifest = '{"schemaVersion":2}';
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const password = `Basic ${Buffer.from('bot:secret').toString('base64')}`;

/** What one request was, as far as a registry looks at it. */
interface Asked {
  readonly what: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

let registry: Server;
let host: string;
let asked: Asked[] = [];
let answer: (request: Asked, response: ServerResponse, headers: IncomingMessage['headers']) => void;

beforeAll(async () => {
  registry = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const seen = {
        what: `${request.method ?? ''} ${request.url ?? ''}`,
        authorization: request.headers.authorization,
        body,
      };
      asked.push(seen);
      answer(seen, response, request.headers);
    });
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
});
afterEach(() => {
  asked = [];
});
afterAll(() => {
  registry.close();
});

const found = (response: ServerResponse) => response.writeHead(200, { 'docker-content-digest': digest }).end();
const challenge = (response: ServerResponse, header: string) =>
  response.writeHead(401, { 'www-authenticate': header }).end();

/** An environment whose docker has logged in as this says, and whose PATH holds only these programs. */
function env(config: object, programs: Readonly<Record<string, string>> = {}): Record<string, string> {
  const home = temporaryRoot({ '.docker/config.json': JSON.stringify(config) });
  for (const [name, script] of Object.entries(programs)) {
    put(home, `bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(home, 'bin', name), 0o755);
  }
  return { HOME: home, PATH: join(home, 'bin') };
}
const nobody = () => env({});
const auth = Buffer.from('bot:secret').toString('base64');

describe('a tag at an open registry', () => {
  test('is pinned with the digest that the registry tells, asked for index and manifest', async () => {
    let accepted = '';
    answer = (_, response, headers) => {
      accepted = headers.accept ?? '';
      found(response);
    };
    expect(await pinned(`${host}/acme/shop:1.4.2`, nobody())).toEqual({ value: `${host}/acme/shop:1.4.2@${digest}` });
    expect(asked.map(({ what }) => what)).toEqual(['HEAD /v2/acme/shop/manifests/1.4.2']);
    expect(accepted).toContain('application/vnd.oci.image.index.v1+json');
    expect(accepted).toContain('application/vnd.docker.distribution.manifest.v2+json');
  });

  test('is pinned with the hash of the manifest where the registry does not tell', async () => {
    answer = (_, response) => response.end(manifest);
    expect(await pinned(`${host}/acme/shop:1.4.2`, nobody())).toEqual({ value: `${host}/acme/shop:1.4.2@${digest}` });
  });

  test('is refused where it is missing, and where there is no tag', async () => {
    answer = (_, response) => response.writeHead(404).end();
    expect(await pinned(`${host}/acme/shop:9`, nobody())).toMatchObject({ diagnostics: [{ code: 'image-missing' }] });
    expect(await pinned(`${host}/acme/shop`, nobody())).toMatchObject({ diagnostics: [{ code: 'image-missing' }] });
  });

  test('a digest that was given is looked for, and kept', async () => {
    answer = (_, response) => found(response);
    const image = `${host}/acme/shop:1.4.2@${digest}`;
    expect(await pinned(image, nobody())).toEqual({ value: image });
    expect(asked[0]?.what).toBe(`HEAD /v2/acme/shop/manifests/${digest}`);
  });

  test('is refused where nobody answers', async () => {
    expect(await pinned('127.0.0.1:1/acme/shop:1', nobody())).toMatchObject({
      diagnostics: [{ code: 'registry-failed', message: expect.stringContaining('cannot ask 127.0.0.1:1') }],
    });
  });
});

describe('a registry that wants a login', () => {
  const needs = (right: string, header: () => string) => {
    answer = ({ what, authorization, body }, response) => {
      if (what.startsWith('GET /token?') && authorization === password) response.end('{"token":"t1"}');
      else if (what === 'POST /token' && body.includes('refresh_token=long')) response.end('{"access_token":"t1"}');
      else if (what.includes('/token')) response.writeHead(401).end();
      else if (authorization === right) found(response);
      else challenge(response, header());
    };
  };
  const bearer = () => `Bearer realm="http://${host}/token",service="reg",scope="repository:acme/shop:pull"`;
  const ok = () => ({ value: `${host}/acme/shop:1@${digest}` });

  test('gets the password of docker’s configuration, by Basic', async () => {
    needs(password, () => 'Basic realm="reg"');
    expect(await pinned(`${host}/acme/shop:1`, env({ auths: { [host]: { auth } } }))).toEqual(ok());
  });

  test('gets a token that was asked for with it, by Bearer', async () => {
    needs('Bearer t1', bearer);
    expect(await pinned(`${host}/acme/shop:1`, env({ auths: { [`https://${host}/v2/`]: { auth } } }))).toEqual(ok());
    expect(asked[1]?.what).toBe('GET /token?service=reg&scope=repository%3Aacme%2Fshop%3Apull');
  });

  test('gets what a credential helper gives, of the host before the store', async () => {
    needs('Bearer t1', bearer);
    const programs = {
      'docker-credential-own': `read h; [ "$h" = "${host}" ] && echo '{"Username":"bot","Secret":"secret"}'`,
      'docker-credential-desktop': 'exit 1',
    };
    const config = { credHelpers: { [host]: 'own' }, credsStore: 'desktop' };
    expect(await pinned(`${host}/acme/shop:1`, env(config, programs))).toEqual(ok());
  });

  test('gets a token by an identity token', async () => {
    needs('Bearer t1', bearer);
    const programs = { 'docker-credential-acr': `echo '{"Username":"<token>","Secret":"long"}'` };
    expect(await pinned(`${host}/acme/shop:1`, env({ credsStore: 'acr' }, programs))).toEqual(ok());
  });

  test('is asked as nobody where a store has nothing; what it then says is said', async () => {
    needs('Bearer t1', bearer);
    const programs = { 'docker-credential-desktop': 'echo "credentials not found in native keychain"; exit 1' };
    expect(await pinned(`${host}/acme/shop:1`, env({ credsStore: 'desktop' }, programs))).toMatchObject({
      diagnostics: [{ code: 'registry-failed', hint: expect.stringContaining('docker login') }],
    });
  });

  test('is not sent a password over the network without TLS', async () => {
    needs('Bearer t1', () => 'Bearer realm="http://tokens.example.com/token"');
    expect(await pinned(`${host}/acme/shop:1`, env({ auths: { [host]: { auth } } }))).toMatchObject({
      diagnostics: [{ message: expect.stringContaining('without TLS') }],
    });
  });

  test('a helper that fails is said', async () => {
    needs('Bearer t1', bearer);
    const programs = { 'docker-credential-own': 'echo "no session" >&2; exit 1' };
    expect(await pinned(`${host}/acme/shop:1`, env({ credHelpers: { [host]: 'own' } }, programs))).toMatchObject({
      diagnostics: [{ code: 'registry-credentials', message: expect.stringContaining('no session') }],
    });
  });
});
