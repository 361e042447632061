/**
 * Text that people wrote, made safe to print: control characters (an escape sequence could repaint the terminal), those that turn the
 * direction of writing, and line ends become visible marks.
 */
export function printable(text: string): string {
  return text.replaceAll(/(?!\t)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu, '\u{fffd}');
}

/** The first `width` characters at most, with an ellipsis where something was left out. */
export function clipped(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
