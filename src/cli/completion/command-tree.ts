import type { Command, Option } from 'commander';

/** What completion has to know of a command line. */
export interface CommandTree {
  readonly program: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly {
    readonly name: string;
    readonly description: string;
    readonly options: readonly CompletedOption[];
    /** Words that its arguments may be, where those are listed. */
    readonly choices: readonly string[];
  }[];
}

export interface CompletedOption {
  readonly long: string;
  readonly description: string;
  /** Absent: takes no value. */
  readonly value?:
    { readonly kind: 'choice'; readonly choices: readonly string[] } | { readonly kind: 'folder' | 'text' };
}

/** The commands and options of a commander program. */
export function commandTree(program: Command): CommandTree {
  return {
    program: program.name(),
    options: program.createHelp().visibleOptions(program).flatMap(completedOption),
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      // `new app` is completed as `new`, whose first word is `app`.
      options: [command, ...command.commands].flatMap((part) =>
        part.createHelp().visibleOptions(part).flatMap(completedOption),
      ),
      choices: [
        ...command.commands.map((part) => part.name()),
        ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ],
    })),
  };
}

function completedOption(option: Option): CompletedOption[] {
  if (option.long === undefined) return [];
  const base = { long: option.long, description: option.description };
  if (!option.required) return [base];
  if (option.argChoices) return [{ ...base, value: { kind: 'choice', choices: option.argChoices } }];
  return [{ ...base, value: { kind: option.flags.includes('<dir>') ? 'folder' : 'text' } }];
}
