import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A call that a recorder knows: a glob of the whole command line, and what is then done, in sh. */
export type Rule = readonly [call: string, does: string];

/** Programs on PATH that write down how they are called. */
export interface RecordedTools {
  /** Folder of the programs, for PATH. */
  readonly bin: string;
  /** A folder for what they remember; $STATE in rules. */
  readonly state: string;
  /** Every call, in order, one line each. */
  readonly calls: () => string[];
  /** Everything that a rule has given to `record`. */
  readonly recorded: () => string;
}

/**
 * Makes programs that do what the first fitting rule says, and refuse every call that no rule knows: then the test fails, instead of
 * passing on an answer that nobody gave. Standard input of a call is kept by `record`.
 */
export function recordedTools(folder: string, rules: readonly Rule[]): RecordedTools {
  const [bin, state, log] = [join(folder, 'bin'), join(folder, 'state'), join(folder, 'calls')];
  for (const path of [bin, state]) mkdirSync(path, { recursive: true });
  const names = [...new Set(rules.map(([call]) => call.split(' ', 1)[0] ?? ''))];
  for (const name of names) {
    const cases = rules
      .filter(([call]) => call.startsWith(`${name} `))
      .map(([call, does]) => `${glob(call)})\n${does}\n;;`);
    const script = [
      '#!/bin/sh',
      `STATE='${state}'`,
      `record() { cat >> '${folder}/recorded'; }`,
      `call="${name} $*"`,
      `printf '%s\\n' "$call" | tr '\\n' ' ' >> '${log}'; echo >> '${log}'`,
      'case "$call" in',
      ...cases,
      '*) echo "error: no rule for this call: $call" >&2; exit 97 ;;',
      'esac',
    ];
    writeFileSync(join(bin, name), `${script.join('\n')}\n`, { mode: 0o755 });
  }
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return {
    bin,
    state,
    calls: () =>
      read(log)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => line.trimEnd()),
    recorded: () => read(join(folder, 'recorded')),
  };
}

/** A pattern of `case`: only `*` means something. */
function glob(call: string): string {
  return call
    .split('*')
    .map((part) => (part === '' ? '' : `'${part.replaceAll("'", `'\\''`)}'`))
    .join('*');
}
