/** A text as Groovy writes it in single quotes, where nothing is replaced: neither `$` nor anything else but `\` and `'`. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `name {` … `}` around lines; on one line where that is short. */
export function block(name: string, lines: readonly string[]): string[] {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && name.length + only.length < 60) return [`${name} { ${only} }`];
  return [`${name} {`, ...indented(lines), '}'];
}

/** Lines, two spaces further in; empty ones stay empty. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

/**
 * The step that runs commands in Jenkins' `sh -xe`, as one literal text: Groovy sees no variable in it, so that no secret can be
 * replaced into it and end in the log.
 */
export function sh(commands: readonly string[]): string[] {
  const [only] = commands;
  if (commands.length === 1 && only !== undefined) return [`sh ${quoted(only)}`];
  return ["sh '''", ...indented(commands).map((line) => line.replaceAll('\\', '\\\\')), "'''"];
}
