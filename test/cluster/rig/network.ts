import { spawnSync } from 'node:child_process';

/** Addresses that are local in the rig's network: a process on 0.0.0.0 or on one of them answers there. */
const POD_NETWORK = '10.244.0.0/16';

/**
 * How to run a command in a network (and, where the machine allows it, a process and mount namespace) of its own:
 * the arguments for `unshare`. With a process namespace nothing can outlive the command, whatever happens to it.
 * Throws one clear line where the machine allows no network namespace.
 */
export function unshareArguments(): string[] {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const network = [...user, '--net'];
  const contained = [...network, '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  let refusal = '';
  for (const args of [contained, network]) {
    const { status, stderr } = spawnSync('unshare', [...args, 'true'], { encoding: 'utf8' });
    if (status === 0) return args;
    refusal = stderr.trim();
  }
  const remedy =
    user.length === 0
      ? 'in a container it needs CAP_SYS_ADMIN (docker run --privileged)'
      : 'run it as root, or let users make namespaces: sysctl kernel.unprivileged_userns_clone=1 or user.max_user_namespaces, on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0';
  throw new Error(`the rig needs a network of its own, and this machine refuses it (${refusal}): ${remedy}`);
}

/** Run inside: loopback up, and every address that a pod can get is ours. */
export function prepareNetwork(): void {
  ip('link', 'set', 'lo', 'up');
  ip('route', 'add', 'local', POD_NETWORK, 'dev', 'lo');
}

function ip(...args: string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr.trim()}`);
}
