import { bashCompletion } from '../completion/bash.js';
import { commandTree } from '../completion/command-tree.js';
import type { CommandTree } from '../completion/command-tree.js';
import { fishCompletion } from '../completion/fish.js';
import { zshCompletion } from '../completion/zsh.js';
import { exitCode } from '../exit-code.js';
import type { ExitCode } from '../exit-code.js';
import type { Context } from '../context.js';

const shells: Readonly<Record<string, (tree: CommandTree) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `spillway completion SHELL`: a script made from the command tree itself, so that it knows every command and option. */
export function completion({ program, terminal }: Context, _flags: unknown, shell: string): Promise<ExitCode> {
  const script = shells[shell];
  if (script === undefined) throw new Error(`commander let the shell ${shell} pass`);
  terminal.out(script(commandTree(program)));
  return Promise.resolve(exitCode.good);
}
