import type { CommandTree, CompletedOption } from './command-tree.js';

/** A bash function that offers commands, then the options of the command on the line and the values of the option before the cursor. */
export function bashCompletion({ program, options, commands }: CommandTree): string {
  const everywhere = options.map(({ long }) => long);
  const words = commands.map(
    (command) =>
      `    ${command.name}) words='${[...command.choices, ...command.options.map(({ long }) => long), ...everywhere].join(' ')}' ;;`,
  );
  return `# bash completion for ${program}: source <(${program} completion bash)
_${program}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev='' command='' words i
  COMPREPLY=()
  ((COMP_CWORD > 0)) && prev=\${COMP_WORDS[COMP_CWORD - 1]}
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
    ${withValue([...options, ...commands.flatMap((command) => command.options)]).join('|')}) ((i++)) ;;
    -*) ;;
    *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case "$command $prev" in
${valueCases({ program, options, commands }).join('\n')}
  esac
  case $command in
    '') words='${[...commands.map(({ name }) => name), ...everywhere].join(' ')}' ;;
${words.join('\n')}
    *) return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _${program} ${program}
`;
}

function withValue(options: readonly CompletedOption[]): string[] {
  return [...new Set(options.filter(({ value }) => value).map(({ long }) => long))];
}

function valueCases({ options, commands }: CommandTree): string[] {
  const cases = options.flatMap((option) => valueCase('*', option));
  return [...cases, ...commands.flatMap(({ name, options: own }) => own.flatMap((option) => valueCase(name, option)))];
}

function valueCase(command: string, { long, value }: CompletedOption): string[] {
  if (!value) return [];
  const pattern = command === '*' ? `*' ${long}'` : `'${command} ${long}'`;
  switch (value.kind) {
    case 'choice':
      return [`    ${pattern}) COMPREPLY=($(compgen -W '${value.choices.join(' ')}' -- "$cur")); return ;;`];
    case 'folder':
      return [`    ${pattern}) COMPREPLY=($(compgen -d -- "$cur")); return ;;`];
    case 'text':
      return [`    ${pattern}) return ;;`];
  }
}
