import type { Position } from '../../diagnostic/diagnostic.js';

/** Position of a range of a text, given in UTF-16 code units; it reaches no further than its first line. */
export type Span = (start: number, end?: number) => Position;

/** Spans of one file's text. The library's own counter misses line breaks within quotes that are not closed. */
export function spansOf(file: string, text: string): Span {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (start, end = start + 1) => {
    const from = Math.min(start, text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= from) low = middle;
      else high = middle - 1;
    }
    const lineStart = starts[low] ?? 0;
    const lineEnd = (starts[low + 1] ?? text.length + 1) - 1;
    const length = Math.max(Math.min(end, lineEnd) - from, 1);
    return { file, line: low + 1, column: from - lineStart + 1, length };
  };
}
