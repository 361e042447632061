import { connectionFlags } from '../kubectl.js';
import type { Connection } from '../kubectl.js';

/** A word as a POSIX shell reads it back unchanged; bare where nothing in it means anything to a shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Words as one command. */
export function command(...words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

/** A kubectl command that speaks to one cluster, whatever the current context is. */
export function kubectlCommand(connection: Connection, ...words: readonly string[]): string {
  return command('kubectl', ...connectionFlags(connection), ...words);
}
