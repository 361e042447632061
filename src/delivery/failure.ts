import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { GitFailure } from './git.js';

/** What went well, or why it could not: mistakes and refusals are values here, not exceptions. */
export type Outcome<T> = { readonly value: T } | { readonly diagnostics: readonly Diagnostic[] };

/** One reason, as an Outcome. */
export function failure(code: string, message: string, hint?: string): { readonly diagnostics: readonly Diagnostic[] } {
  return { diagnostics: [{ code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) }] };
}

/** What `work` resolves to; where git itself fails in it, that as a diagnostic. */
export async function reportingGitFailures<T extends object>(
  work: () => Promise<T>,
): Promise<T | { readonly diagnostics: readonly Diagnostic[] }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    return failure(
      'git-failed',
      `${error.command} failed: ${error.said}`,
      'nothing was pushed, and no file was changed',
    );
  }
}
