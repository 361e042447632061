import { createHash } from 'node:crypto';
import { failure, type Outcome } from '../failure.js';
import { parseChallenge, type Challenge } from './challenge.js';
import { credentialsFor, type Credentials } from './credentials.js';
import { imageParts, isLoopback, type ImageParts } from './reference.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Of an image for several platforms the index, so that every node finds its own; else the one manifest. OCI's types, then Docker's older ones. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * The image with the digest that its tag has at the registry now: `name:tag@sha256:…`. An image that names a digest already is only
 * looked for. Refused where the registry does not have it. (OCI distribution specification 1.1, "Pulling manifests".)
 */
export async function pinned(image: string, env: Environment): Promise<Outcome<string>> {
  const parts = imageParts(image);
  const wanted = parts.digest ?? parts.tag;
  if (wanted === undefined)
    return failure(
      'image-missing',
      `${image} names no tag`,
      'a version has a name: pass it as in ghcr.io/acme/shop:1.4.2',
    );
  const found = await manifestDigest(parts, wanted, image, env);
  if ('diagnostics' in found) return found;
  return { value: parts.digest === undefined ? `${image}@${found.value}` : image };
}

async function manifestDigest(
  parts: ImageParts,
  wanted: string,
  image: string,
  env: Environment,
): Promise<Outcome<string>> {
  const { host, account, repository } = parts;
  const url = `${isLoopback(host) ? 'http' : 'https'}://${host}/v2/${repository}/manifests/${wanted}`;
  try {
    let authorization: string | undefined;
    let response = await manifest('HEAD', url, authorization);
    if (response.status === 401) {
      const challenge = parseChallenge(response.headers.get('www-authenticate') ?? '');
      const credentials = await credentialsFor(account, env);
      if ('diagnostics' in credentials) return credentials;
      const answer = await authorized(challenge, credentials.value, repository, host);
      if ('diagnostics' in answer) return answer;
      authorization = answer.value;
      response = await manifest('HEAD', url, authorization);
    }
    // Some registries answer HEAD without the digest, and some proxies not at all.
    if ((response.ok && response.headers.get('docker-content-digest') === null) || response.status === 405)
      response = await manifest('GET', url, authorization);
    if (!response.ok) return refusal(response.status, image, host);
    const told = response.headers.get('docker-content-digest');
    const digest =
      told ??
      `sha256:${createHash('sha256')
        .update(Buffer.from(await response.arrayBuffer()))
        .digest('hex')}`;
    if (/^sha256:[0-9a-f]{64}$/.test(digest)) return { value: digest };
    return failure('registry-failed', `${host} gives ${image} the digest ${digest}, which is no sha256`);
  } catch (error) {
    const why = error instanceof Error ? reasonOf(error) : String(error);
    return failure('registry-failed', `cannot ask ${host} for ${image}: ${why}`, 'nothing was committed');
  }
}

function manifest(method: 'HEAD' | 'GET', url: string, authorization: string | undefined): Promise<Response> {
  const headers = { accept: manifestTypes, ...(authorization === undefined ? {} : { authorization }) };
  return fetch(url, { method, headers, signal: AbortSignal.timeout(30_000) });
}

function refusal(status: number, image: string, host: string) {
  if (status === 404)
    return failure('image-missing', `${host} has no image ${image}`, 'push it first; nothing was committed');
  if (status === 401 || status === 403)
    return failure(
      'registry-failed',
      `${host} does not show ${image} to you (${status})`,
      `\`docker login ${host}\`, or a credential helper`,
    );
  return failure('registry-failed', `${host} answers ${status} for ${image}`, 'nothing was committed');
}

/** What to put into Authorization for a challenge. */
async function authorized(
  challenge: Challenge | undefined,
  credentials: Credentials | undefined,
  repository: string,
  host: string,
): Promise<Outcome<string | undefined>> {
  if (challenge === undefined) return failure('registry-failed', `${host} asks for a login of an unknown kind`);
  if (challenge.scheme === 'basic') return { value: credentials?.kind === 'password' ? basic(credentials) : undefined };
  if (!URL.canParse(challenge.realm)) return failure('registry-failed', `${host} names no place for tokens`);
  const realm = new URL(challenge.realm);
  if (realm.protocol !== 'https:' && !(realm.protocol === 'http:' && isLoopback(realm.host)))
    return failure('registry-failed', `${host} wants a password sent to ${realm.origin}, without TLS`);
  const scope = challenge.scope ?? `repository:${repository}:pull`;
  const response = await askForToken(realm, { ...challenge, scope }, credentials);
  if (!response.ok)
    return failure(
      'registry-failed',
      `${realm.host} gives no token for ${host} (${response.status})`,
      `\`docker login ${host}\``,
    );
  // Both names are in use: distribution's token specification has `token`, OAuth 2 `access_token`.
  const { token, access_token: accessToken } = (await response.json()) as { token?: string; access_token?: string };
  return { value: `Bearer ${token ?? accessToken ?? ''}` };
}

function askForToken(
  realm: URL,
  { service, scope }: { readonly service?: string; readonly scope: string },
  credentials: Credentials | undefined,
): Promise<Response> {
  const signal = AbortSignal.timeout(30_000);
  const asked = { ...(service === undefined ? {} : { service }), scope };
  if (credentials?.kind === 'identity-token') {
    const form = { ...asked, grant_type: 'refresh_token', client_id: 'spillway', refresh_token: credentials.token };
    return fetch(realm, { method: 'POST', body: new URLSearchParams(form), signal });
  }
  for (const [name, value] of Object.entries(asked)) realm.searchParams.set(name, value);
  return fetch(realm, { signal, ...(credentials ? { headers: { authorization: basic(credentials) } } : {}) });
}

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** fetch says "fetch failed"; what failed is its cause. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
