import { spawn } from 'node:child_process';

import { builtFiles } from '../rig/parts.js';

/** What one run of eksctl said. */
export interface EksctlRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where eksctl is to find AWS, and whose certificates it is to believe. */
export interface EksctlSurroundings {
  readonly url: string;
  readonly region: string;
  /** An empty folder: eksctl reads and writes ~/.kube and ~/.eksctl. */
  readonly home: string;
  readonly certificateAuthority?: string;
}

/** Runs the real eksctl 0.230.0 with nothing of the caller's environment; nothing but loopback can be reached in here. */
export async function eksctl(args: readonly string[], surroundings: EksctlSurroundings): Promise<EksctlRun> {
  const { url, region, home, certificateAuthority } = surroundings;
  const child = spawn(builtFiles().get('eksctl') ?? 'eksctl', args, {
    env: {
      HOME: home,
      PATH: home,
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'rig',
      AWS_SECRET_ACCESS_KEY: 'rig',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...(certificateAuthority !== undefined && { SSL_CERT_FILE: certificateAuthority }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, stdout, stderr };
}
