import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { builtSpillway } from '../support/built-spillway.js';
import type { Registry } from './registry.js';

/** A build agent: the machine's own git and buildah, this repository's spillway, and an `aws` that answers for ECR and for nothing else. */
export interface Agent {
  readonly environment: Readonly<Record<string, string>>;
  /** Put before a command, this lets the registry's host name lead to it, in a mount namespace of the command's own. */
  readonly prefix: readonly string[];
  /** Every call of `aws`, in order, as one line each. */
  readonly awsCalls: () => string[];
}

export interface AgentOptions {
  readonly folder: string;
  /** Its host name leads there; where it is ECR, `aws` knows it. */
  readonly registry: Registry;
  /** What ECR says of a repository's scans: SCAN_ON_PUSH unless a test says otherwise. */
  readonly scanFrequency?: string;
  /** More programs for PATH: folders. */
  readonly path?: readonly string[];
}

/** Whether this machine can build an image: buildah, as root of the rig's own namespaces. Why not, where it cannot. */
export function missingForImages(): string | undefined {
  if (spawnSync('buildah', ['--version']).status !== 0) return 'there is no buildah (Debian: apt-get install buildah)';
  return process.getuid?.() === 0 ? undefined : 'buildah with chroot isolation needs root';
}

/** Sets an agent up in a folder; it shares nothing with the person's own configuration of git, buildah or docker. */
export function createAgent(options: AgentOptions): Agent {
  const { folder, registry } = options;
  const bin = join(folder, 'bin');
  const home = join(folder, 'home');
  const temporary = join(folder, 'tmp');
  for (const path of [bin, home, temporary]) mkdirSync(path, { recursive: true });
  const file = (name: string, text: string, mode = 0o644): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode });
    return path;
  };
  const calls = join(folder, 'aws-calls');
  file('bin/spillway', `#!/bin/sh\nexec '${process.execPath}' '${builtSpillway()}' "$@"\n`, 0o755);
  file('bin/aws', awsRecorder(registry, calls, options.scanFrequency ?? 'SCAN_ON_PUSH'), 0o755);
  const hosts = file('hosts', `127.0.0.1 localhost\n${registry.hostsLine}\n`);
  const storage = file(
    'storage.conf',
    `[storage]\ndriver = "vfs"\ngraphroot = "${join(folder, 'storage')}"\nrunroot = "${join(folder, 'storage-run')}"\n`,
  );
  return {
    environment: {
      PATH: [bin, ...(options.path ?? []), process.env['PATH'] ?? '/usr/bin:/bin'].join(':'),
      HOME: home,
      TMPDIR: temporary,
      LANG: 'C.UTF-8',
      GIT_CONFIG_NOSYSTEM: '1',
      CONTAINERS_STORAGE_CONF: storage,
      // Programs in Go read the one, Node the other.
      SSL_CERT_FILE: registry.certificate,
      NODE_EXTRA_CA_CERTS: registry.certificate,
    },
    prefix: ['unshare', '--mount', 'sh', '-euc', 'mount --bind "$1" /etc/hosts; shift; exec "$@"', 'sh', hosts],
    awsCalls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
  };
}

/** Stands for AWS alone: it writes down what it was asked, and refuses every call that it does not know to the letter. */
function awsRecorder({ ecr, password }: Registry, calls: string, scanFrequency: string): string {
  const scan = `ecr batch-get-repository-scanning-configuration --region ${ecr?.region ?? ''} --repository-names`;
  const query = '--query scanningConfigurations[0].scanFrequency --output text';
  const known = `  "ecr get-login-password --region ${ecr?.region ?? ''}") echo '${password}' ;;
  "${scan} "*" ${query}") echo '${scanFrequency}' ;;
`;
  return `#!/bin/sh
printf '%s\\n' "$*" >> '${calls}'
case "$*" in
${ecr === undefined ? '' : known}  *) echo "aws: nobody has taught this recorder: $*" >&2; exit 252 ;;
esac
`;
}
