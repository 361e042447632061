import { spawn } from 'node:child_process';

/** What one kubectl run gave. */
export interface KubectlResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the pinned kubectl and returns whatever comes; see Cluster.kubectl for one that throws on failure. */
export async function runKubectl(
  binary: string,
  args: readonly string[],
  options: { kubeconfig: string; home: string; input?: string; env?: Readonly<Record<string, string>> },
): Promise<KubectlResult> {
  const { PATH = '/usr/bin:/bin' } = process.env;
  const child = spawn(binary, args, {
    env: { PATH, HOME: options.home, KUBECONFIG: options.kubeconfig, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined); // it may end before it has read everything
  child.stdin.end(options.input ?? '');
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
  return { status, stdout, stderr };
}
