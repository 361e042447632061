import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { startOf, type PositionTree } from './positions.js';
import { readDocuments } from './syntax.js';
import { decodeText } from './text.js';
import { walkDocument } from './walk.js';

/** A spec's file as it was read: what it says, and where each part of it stands. */
export interface SourceDoc {
  readonly kind: 'cluster' | 'app';
  /** Path relative to the repository's root, with forward slashes. */
  readonly file: string;
  /** For excerpts: without byte order mark, line ends as `\n`. */
  readonly text: string;
  /** A map; undefined where the file could not be read as one, which diagnostics have said. */
  readonly value: Readonly<Record<string, unknown>> | undefined;
  readonly positions: PositionTree;
}

const titles = { cluster: 'a cluster', app: 'an app' } as const;

/**
 * One spec's file, read as YAML 1.2 without anything that two readers could understand differently.
 * The source is there for every file, so that errors can be shown in its text; its value is undefined where there is none.
 */
export function parseSource(
  kind: 'cluster' | 'app',
  file: string,
  bytes: Uint8Array,
): { source: SourceDoc; diagnostics: Diagnostic[] } {
  const { text, diagnostics } = decodeText(file, bytes);
  const unread: SourceDoc = { kind, file, text, value: undefined, positions: startOf(file) };
  const fail = (...found: Diagnostic[]) => ({ source: unread, diagnostics: found });
  if (diagnostics.length > 0) return fail(...diagnostics);

  const read = readDocuments(file, text);
  if (read.diagnostics.length > 0) return fail(...read.diagnostics);
  const [document, second] = read.documents;
  const start = unread.positions.at;
  if (
    document === undefined ||
    (second === undefined &&
      (document.contents?.range[0] === document.contents?.range[1] || document.contents === null))
  ) {
    return fail({
      code: 'empty-file',
      severity: 'error',
      message: `the file is empty: it must hold the spec of ${titles[kind]}`,
      hint: 'remove the file, or start with `name:`',
      at: start,
    });
  }
  if (second !== undefined) {
    const at = read.span(document.range[1]);
    return fail({
      code: 'several-documents',
      severity: 'error',
      message: `the file holds several documents: it must hold ${titles[kind]} alone`,
      hint: `make a file of each, and remove the \`---\` between them`,
      at: dashes(text, at.line, file) ?? at,
    });
  }
  const { value, positions, diagnostics: found } = walkDocument(document, read.span, 'spec');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = Array.isArray(value) ? 'a list' : 'a single value';
    return fail(...found, {
      code: 'not-a-map',
      severity: 'error',
      message: `the file must hold a map, not ${what}`,
      hint: 'start with `name: …`',
      at: positions.at,
    });
  }
  return { source: { kind, file, text, value: value as Record<string, unknown>, positions }, diagnostics: [...found] };
}

/** The next `---` from a line on: the end of a document is where its last comment ends. */
function dashes(text: string, line: number, file: string) {
  const lines = text.split('\n');
  for (let index = Math.max(line - 1, 0); index < lines.length; index += 1) {
    if (/^---(\s|$)/.test(lines[index] ?? '')) return { file, line: index + 1, column: 1, length: 3 };
  }
  return undefined;
}
