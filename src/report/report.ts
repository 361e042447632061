import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { FileChange } from '../layout/file-spec.js';

/** What a command found out, for any of the formats. */
export interface Report {
  /** In the order in which they are to be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text by file, for excerpts; positions in other files have none. */
  readonly sources: ReadonlyMap<string, string>;
  /** Only where files were compared. */
  readonly changes?: readonly FileChange[];
  /** Whether the changes were made, or only found (`render --check`). */
  readonly applied?: boolean;
}

/** A check as SARIF's readers want to know it. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
}

export interface ReportOptions {
  readonly colour: boolean;
  /** Way from where the reader stands (the working directory) to the repository's root: '' or 'some/folder/'. */
  readonly pathPrefix: string;
  readonly rules: readonly Rule[];
  /** Of Spillway. */
  readonly version: string;
}

/** Pure: a report in, the whole text out, ending with a line feed unless empty. */
export type Reporter = (report: Report, options: ReportOptions) => string;

/** Diagnostics by severity. */
export function countBySeverity(diagnostics: readonly Diagnostic[]): Record<Diagnostic['severity'], number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}

/** Files by kind of change. */
export function countByKind(changes: readonly FileChange[]): Record<FileChange['kind'], number> {
  const counts = { create: 0, update: 0, delete: 0, unchanged: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
