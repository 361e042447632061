import type { Position } from '../diagnostic/diagnostic.js';
import { printable } from './plain-text.js';

/** Longer lines are shown around the place that is meant. */
const maximumWidth = 110;

/** The line that a position is in, and carets under what is meant; undefined where the text has no such line. */
export function excerpt(text: string, at: Position): { readonly line: string; readonly carets: string } | undefined {
  const whole = lineOf(text, at.line);
  if (whole === undefined) return undefined;
  const column = Math.min(at.column - 1, whole.length);
  const start = whole.length > maximumWidth ? Math.max(0, column - maximumWidth / 2) : 0;
  const line = whole.slice(start, start + maximumWidth);
  const from = column - start;
  const length = Math.max(1, Math.min(at.length ?? 1, line.length - from));
  // Tabs stay tabs, so that the carets stand right whatever their width.
  const indent = line.slice(0, from).replaceAll(/[^\t]/g, ' ');
  return { line: printable(line), carets: indent + '^'.repeat(length) };
}

/** Line `number` (from 1) without its end; LF and CRLF count. */
function lineOf(text: string, number: number): string | undefined {
  let start = 0;
  for (let line = 1; line < number; line += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
}
