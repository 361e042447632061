import { spawn, spawnSync } from 'node:child_process';

/** The oldest Go that compiles every part (eksctl 0.230.0 asks for it). */
const GO_NEEDED = '1.26.5';

/**
 * The version of the installed Go, such as "1.26.8". Throws one clear line where it is missing or too old;
 * GOTOOLCHAIN=local, so that Go does not quietly download another one and the figures are of the Go that people see.
 */
export function checkedGoVersion(): string {
  const run = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: goEnvironment() });
  if (run.error || run.status !== 0)
    throw new Error(
      `the cluster tests build Kubernetes from source and need Go ${GO_NEEDED} or newer: no \`go\` found on PATH (https://go.dev/dl)`,
    );
  const found = run.stdout.trim().replace(/^go/, '');
  if (compareVersions(found, GO_NEEDED) < 0)
    throw new Error(`the cluster tests need Go ${GO_NEEDED} or newer, found ${found} (https://go.dev/dl)`);
  return found;
}

/** Negative, 0 or positive; only the numbers count ("1.27rc1" is 1.27). */
export function compareVersions(a: string, b: string): number {
  const numbers = (version: string): number[] => (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** No C compiler, no version-control stamps, no other toolchain: the same pins give the same binary everywhere. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };
}

/** Runs `go ARGS` in a folder; what it writes goes to `onOutput`. Rejects with the last lines of it when go fails. */
export async function runGo(args: readonly string[], cwd: string, onOutput?: (text: string) => void): Promise<string> {
  const child = spawn('go', args, { cwd, env: goEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    onOutput?.(text);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (status === 0) return stdout;
  throw new Error(
    `go ${args.join(' ')} failed (${status}) in ${cwd}:\n${stderr.trimEnd().split('\n').slice(-15).join('\n')}`,
  );
}
