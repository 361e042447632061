import { countBySeverity } from '../report/report.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';

/** What the shell gets; also in the operating guide. */
export const exitCode = {
  good: 0,
  /** Errors in what people wrote, or differences with --check; with --strict warnings too. */
  problems: 1,
  /** The command line makes no sense, or files cannot be read or written. */
  misuse: 2,
  /** Our own bug (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Codes of diagnostics that are about the machine or the command line, not about what a spec says. */
const misuseCodes: ReadonlySet<string> = new Set([
  'cannot-read',
  'cannot-write',
  'clusters-missing',
  'file-unreadable',
  'git-branch-missing',
  'git-identity-missing',
  'git-remote-missing',
  'git-repository-missing',
  'invalid-option',
  'root-missing',
  'unknown-app',
  'unknown-cluster-option',
]);

/** The exit code that a command's diagnostics ask for. */
export function exitCodeFor(
  diagnostics: readonly Diagnostic[],
  options: { readonly strict?: boolean | undefined } = {},
): ExitCode {
  if (diagnostics.some(({ severity, code }) => severity === 'error' && misuseCodes.has(code))) return exitCode.misuse;
  const { error, warning } = countBySeverity(diagnostics);
  return error > 0 || (options.strict === true && warning > 0) ? exitCode.problems : exitCode.good;
}
