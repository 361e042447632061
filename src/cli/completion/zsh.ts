import type { CommandTree, CompletedOption } from './command-tree.js';

/** A zsh completion function; as a file it is named `_spillway` and lies in a folder of `$fpath`. */
export function zshCompletion({ program, options, commands }: CommandTree): string {
  const cases = commands.map(({ name, options: own, choices }) => {
    const specs = [...own, ...options].map(optionSpec);
    const positional = choices.length > 0 ? `'*:argument:(${choices.join(' ')})'` : `'*::argument: '`;
    return `      ${name}) _arguments ${[...specs, positional].join(' ')} ;;`;
  });
  return `#compdef ${program}
# zsh completion for ${program}: ${program} completion zsh > a folder of $fpath/_${program}
_${program}() {
  local -a commands
  local context state state_descr line
  typeset -A opt_args
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _arguments -C ${options.map(optionSpec).join(' ')} '1: :->command' '*:: :->arguments'
  case $state in
  command) _describe command commands ;;
  arguments)
    case $line[1] in
${cases.join('\n')}
    esac
    ;;
  esac
}
if [ "$funcstack[1]" = "_${program}" ]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;
}

function optionSpec({ long, description, value }: CompletedOption): string {
  const text = `${long}[${description.replaceAll(/[[\]\\:]/g, '\\$&')}]`;
  if (!value) return quoted(text);
  const values = {
    choice: () => `(${value.kind === 'choice' ? value.choices.join(' ') : ''})`,
    folder: () => '_files -/',
    text: () => ' ',
  };
  return quoted(`${text}:value:${values[value.kind]()}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
