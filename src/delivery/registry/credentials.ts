import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, type Outcome } from '../failure.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a registry is shown: a user's password, or a token that gets other tokens. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly token: string };

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/**
 * The credentials for a registry, as docker, buildah and crane find them: in Docker's config.json (DOCKER_CONFIG, else ~/.docker) the
 * credential helper of the host, then the store, then what is written there. Without any, a registry of Amazon ECR gets a password of the
 * AWS command line (`aws ecr get-login-password`), which brings every way of AWS to log in; undefined means nobody in particular.
 */
export async function credentialsFor(account: string, env: Environment): Promise<Outcome<Credentials | undefined>> {
  const config = readConfig(env);
  if ('diagnostics' in config) return config;
  const { credHelpers = {}, credsStore, auths = {} } = config.value;
  const helper = credHelpers[account] ?? credsStore;
  if (helper !== undefined && helper !== '') {
    const got = await fromHelper(helper, account, env);
    if ('diagnostics' in got || got.value !== undefined) return got;
  }
  const [, written] =
    Object.entries(auths).find(([key]) => key === account) ??
    Object.entries(auths).find(([key]) => hostOf(key) === hostOf(account)) ??
    [];
  if (written?.identitytoken) return { value: { kind: 'identity-token', token: written.identitytoken } };
  if (written?.auth) return { value: decoded(written.auth) };
  return ecrPassword(account, env);
}

function readConfig(env: Environment): Outcome<DockerConfig> {
  const folder = env['DOCKER_CONFIG'] ?? join(env['HOME'] ?? '/', '.docker');
  const path = join(folder, 'config.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { value: {} }; // who has never logged in has none
  }
  try {
    const value: unknown = JSON.parse(text);
    return { value: typeof value === 'object' && value !== null ? value : {} };
  } catch {
    return failure(
      'registry-credentials',
      `${path} is no JSON`,
      'it is Docker’s configuration, with the credentials of registries',
    );
  }
}

/** The protocol of docker-credential-helpers: the host on standard input, {Username, Secret} on standard output. */
async function fromHelper(
  helper: string,
  account: string,
  env: Environment,
): Promise<Outcome<Credentials | undefined>> {
  const program = `docker-credential-${helper}`;
  const { code, stdout, stderr } = await runProgram(program, ['get'], env, account);
  if (code !== 0) {
    // That it holds none for this host is an answer, and the same in every helper (credentials.errCredentialsNotFoundMessage).
    if (/credentials not found/i.test(stdout + stderr)) return { value: undefined };
    return failure(
      'registry-credentials',
      `${program} has no credentials for ${account}: ${(stderr || stdout).trim()}`,
    );
  }
  try {
    const { Username: username, Secret: secret } = JSON.parse(stdout) as { Username?: string; Secret?: string };
    if (username === undefined || secret === undefined || secret === '') return { value: undefined };
    return {
      value:
        username === '<token>'
          ? { kind: 'identity-token', token: secret }
          : { kind: 'password', username, password: secret },
    };
  } catch {
    return failure('registry-credentials', `${program} did not answer in JSON`);
  }
}

/** A private registry of Amazon ECR: its account, then its region. Its user is always AWS (Amazon ECR user guide, "Private registry authentication"). */
async function ecrPassword(account: string, env: Environment): Promise<Outcome<Credentials | undefined>> {
  const region = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(account)?.[1];
  if (region === undefined) return { value: undefined };
  const { code, stdout, stderr } = await runProgram('aws', ['ecr', 'get-login-password', '--region', region], env);
  const password = stdout.trim();
  if (code === 0 && password !== '') return { value: { kind: 'password', username: 'AWS', password } };
  return failure(
    'registry-credentials',
    `no credentials for ${account}: ${stderr.trim().split('\n').at(-1) ?? 'aws gave no password'}`,
    'install docker-credential-ecr-login and name it under credHelpers in ~/.docker/config.json, or the AWS command line',
  );
}

function decoded(auth: string): Credentials | undefined {
  const text = Buffer.from(auth, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { kind: 'password', username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Older entries are URLs: `https://ghcr.io/v2/`. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longer than a person takes to touch a security key. */
const programTimeoutSeconds = 60;

/** Not spawn, whose `timeout` keeps the process alive to its end where the program is not there (Node.js 20: only `exit` clears it). */
function runProgram(file: string, args: readonly string[], env: Environment, input = ''): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(
      file,
      args,
      { env: { ...env }, timeout: programTimeoutSeconds * 1000 },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (error.code === 'ENOENT') resolve({ code: 127, stdout, stderr: `${file} is not on PATH` });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else if (error.killed === true)
          resolve({ code: 1, stdout, stderr: `${file} did not end within ${programTimeoutSeconds} s` });
        else resolve({ code: 1, stdout, stderr: stderr || error.message }); // such as no right to run it
      },
    );
    child.stdin?.on('error', () => undefined); // it may not read at all
    child.stdin?.end(input);
  });
}
