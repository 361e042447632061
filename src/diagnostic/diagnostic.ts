/** A place in a file that a person wrote. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  /** Path relative to the repository's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Width of what is meant, for the caret line; 1 where unknown. */
  readonly length?: number;
}

export type Severity = 'error' | 'warning' | 'info';

/** A mistake or a remark about what a person wrote. Exceptions are kept for our own bugs. */
export interface Diagnostic {
  /** Stable and greppable, in kebab-case: what docs/checks.md lists and `silence:` names. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence without a full stop at the end. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly at?: Position;
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders by file, line, column, then severity, code and message: the same list whatever the order of finding. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.at?.file ?? '', b.at?.file ?? '') ||
    (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    (a.at?.column ?? 0) - (b.at?.column ?? 0) ||
    rank[a.severity] - rank[b.severity] ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** The diagnostics in their fixed order, each once: a mistake in a base spec shows in every cluster that uses it. */
export function sortedDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unique = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...unique.values()].sort(compareDiagnostics);
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
