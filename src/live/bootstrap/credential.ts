import { gitAccess } from '../../model/git-access.js';
import type { Step, Target } from './step.js';
import { command, kubectlCommand } from './shell.js';

/** By reference: the variable that names or holds what lets Argo CD read a private repository. */
export function credentialVariable(repository: string): 'GIT_TOKEN' | 'GIT_SSH_KEY_FILE' {
  return gitAccess(repository) === 'key' ? 'GIT_SSH_KEY_FILE' : 'GIT_TOKEN';
}

/**
 * The Secret by which Argo CD reads a private repository (v3.5.3, docs/operator-manual/argocd-repositories.yaml). A token goes through a
 * pipe, as a word of a command others could read it in the list of processes.
 */
export function credentialStep({ repository, connection }: Target): Step {
  const ssh = gitAccess(repository) === 'key';
  const create = kubectlCommand(
    connection,
    ...['create', 'secret', 'generic', 'repository', '-n', 'argocd'],
    ...['--from-literal=type=git', `--from-literal=url=${repository}`],
  );
  const label = command(
    ...['kubectl', 'label', '--local', '-f', '-', 'argocd.argoproj.io/secret-type=repository', '-o', 'yaml'],
  );
  const rest = [
    '  --dry-run=client -o yaml',
    `  ${label}`,
    `  ${kubectlCommand(connection, 'apply', '--server-side', '--force-conflicts', '-f', '-')}`,
  ].join(' |\n');
  const withToken =
    `test -n "$GIT_TOKEN" && printf %s "$GIT_TOKEN" |\n  ${create} \\\n` +
    `  --from-literal=username="\${GIT_USERNAME:-git}" --from-file=password=/dev/stdin \\\n${rest}`;
  const withKey = `test -r "$GIT_SSH_KEY_FILE" && ${create} \\\n  --from-file=sshPrivateKey="$GIT_SSH_KEY_FILE" \\\n${rest}`;
  return {
    id: 'credential',
    title: 'What lets Argo CD read the repository',
    notes: ssh
      ? ['A deploy key that may read it, without a passphrase: GIT_SSH_KEY_FILE names the file of its private half.']
      : [
          'Leave it out where everybody may read the repository.',
          'Else GIT_TOKEN holds a token that may read it, at GitHub a fine-grained one with Contents read-only, and GIT_USERNAME the user, where the host asks for one.',
        ],
    commands: [ssh ? withKey : withToken],
    onFailure: `put what may read ${repository} into $${credentialVariable(repository)}`,
  };
}
