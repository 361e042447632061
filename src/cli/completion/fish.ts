import type { CommandTree, CompletedOption } from './command-tree.js';

/** fish's complete commands, one a word that may come. */
export function fishCompletion({ program, options, commands }: CommandTree): string {
  const names = commands.map(({ name }) => name).join(' ');
  const lines = [
    ...options.map((option) => optionLine(program, option, undefined)),
    ...commands.flatMap(({ name, description, options: own, choices }) => [
      `complete -c ${program} -n "not __fish_seen_subcommand_from ${names}" -f -a ${name} -d ${quoted(description)}`,
      ...own.map((option) => optionLine(program, option, name)),
      ...(choices.length > 0
        ? [`complete -c ${program} -n "__fish_seen_subcommand_from ${name}" -f -a ${quoted(choices.join(' '))}`]
        : []),
    ]),
  ];
  return `# fish completion for ${program}: ${program} completion fish > ~/.config/fish/completions/${program}.fish\n${lines.join('\n')}\n`;
}

function optionLine(
  program: string,
  { long, description, value }: CompletedOption,
  command: string | undefined,
): string {
  const where = command === undefined ? '' : ` -n "__fish_seen_subcommand_from ${command}"`;
  const takes = {
    choice: () => ` -x -a ${quoted(value?.kind === 'choice' ? value.choices.join(' ') : '')}`,
    folder: () => ' -r',
    text: () => ' -x',
  };
  return `complete -c ${program}${where} -l ${long.replace(/^--/, '')} -d ${quoted(description)}${value ? takes[value.kind]() : ' -f'}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
