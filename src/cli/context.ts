import type { Command } from 'commander';
import type { Terminal } from './terminal.js';

/** What every command gets beside its own options. */
export interface Context {
  readonly root: string;
  readonly terminal: Terminal;
  /** The whole command tree, for completion. */
  readonly program: Command;
}
