import type { ExpectedSecret } from '../expectation.js';
import type { Connection } from '../kubectl.js';
import { kubectlCommand, quoted } from './shell.js';

/** The folder with the values of declared Secrets, by reference: `$SECRETS/<namespace>/<secret>/<key>`. */
export const secretsVariable = 'SECRETS';

/** Names the file of a key below the folder of the values. */
export function valueFile({ namespace, name }: ExpectedSecret, key: string): string {
  return `${namespace}/${name}/${key}`;
}

/**
 * Makes a declared Secret from files: its namespace first, as it is rendered, since Argo CD has not made it yet. The values are never
 * words of a command, which others could read in the list of processes.
 */
export function secretCommands(
  secret: ExpectedSecret,
  connection: Connection,
  namespaceFile: string | undefined,
): string[] {
  const files = secret.keys.map(
    (key) => `  --from-file=${quoted(key)}="$${secretsVariable}"/${quoted(valueFile(secret, key))}`,
  );
  return [
    ...(namespaceFile === undefined ? [] : [kubectlCommand(connection, 'apply', '-f', namespaceFile)]),
    [
      kubectlCommand(connection, 'create', 'secret', 'generic', secret.name, '-n', secret.namespace),
      ...files,
      `  --dry-run=client -o yaml | ${kubectlCommand(connection, 'apply', '--server-side', '-f', '-')}`,
    ].join(' \\\n'),
  ];
}
