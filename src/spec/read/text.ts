import { isUtf8 } from 'node:buffer';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';

/** Above this many bytes no file is read: a spec has a few hundred lines, and a rendered object must fit in etcd's 1.5 MiB. */
export const maximumBytes = 1024 * 1024;

/** A file of more than `maximumBytes`, which is not read at all. */
export function tooLarge(file: string, bytes: number): Diagnostic {
  return {
    code: 'file-too-large',
    severity: 'error',
    message: `${file} has ${(bytes / maximumBytes).toFixed(1)} MiB, and files above 1 MiB are not read`,
    hint: 'split it, or keep data out of the specs',
  };
}

/** Number of bytes before the first one that is not part of well-formed UTF-8; the whole length where all are. */
function validBytes(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // A prefix is good up to the bad byte and never again after it, save for up to three bytes that a cut leaves open.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isGoodPrefix(bytes, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isGoodPrefix(bytes: Uint8Array, length: number): boolean {
  for (let open = 0; open <= 3 && open <= length; open += 1) {
    const rest = bytes.subarray(length - open, length);
    if (open > 0 && !isOpenSequence(rest)) continue;
    if (isUtf8(bytes.subarray(0, length - open))) return true;
  }
  return false;
}

/** The start of a character of several bytes whose others may follow. */
function isOpenSequence(rest: Uint8Array): boolean {
  const [first, second] = rest;
  if (first === undefined || first < 0xc2 || first > 0xf4) return false;
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (rest.length >= width || rest.subarray(1).some((byte) => byte < 0x80 || byte > 0xbf)) return false;
  if (second === undefined) return true;
  if (first === 0xe0) return second >= 0xa0; // overlong below
  if (first === 0xed) return second <= 0x9f; // surrogates above
  if (first === 0xf0) return second >= 0x90; // overlong below
  return first !== 0xf4 || second <= 0x8f; // beyond U+10FFFF above
}

/** Line, column and length of the text's end, for pointing at what follows it. */
function endOf(text: string): { line: number; column: number; length: number } {
  const lines = text.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, length: 1 };
}

// YAML 1.2.2 §5.1: printable characters; a tab and line breaks are the only control characters among them.
// eslint-disable-next-line no-control-regex -- finding control characters is what it is for
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\ufffe\uffff]/;

/**
 * The text of a file: without byte order mark, line ends as `\n` (columns stay what they are).
 * A file that is not UTF-8, or holds control characters, gives a diagnostic and the text as far as it can be shown.
 */
export function decodeText(file: string, bytes: Uint8Array): { text: string; diagnostics: Diagnostic[] } {
  if (bytes.length > maximumBytes) return { text: '', diagnostics: [tooLarge(file, bytes.length)] };
  const text = new TextDecoder('utf-8').decode(bytes).replaceAll(/\r\n?/g, '\n');
  const diagnostics: Diagnostic[] = [];
  if (!isUtf8(bytes)) {
    const bad = validBytes(bytes);
    const before = new TextDecoder('utf-8').decode(bytes.subarray(0, lastStart(bytes, bad)));
    const code = `0x${(bytes[lastStart(bytes, bad)] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
    diagnostics.push({
      code: 'file-not-utf8',
      severity: 'error',
      message: `byte ${code} is not UTF-8`,
      hint: 'save the file as UTF-8',
      at: { file, ...endOf(before.replaceAll(/\r\n?/g, '\n')) },
    });
    return { text, diagnostics };
  }
  const control = controlCharacter.exec(text);
  if (control !== null) {
    const hex = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    diagnostics.push({
      code: 'control-character',
      severity: 'error',
      message: `the control character U+${hex} cannot stand in YAML`,
      hint: 'remove it; in a text write an escape in double quotes, such as "\\t"',
      at: { file, ...endOf(text.slice(0, control.index)) },
    });
  }
  return { text, diagnostics };
}

/** Start of the character that byte `index` breaks: an open sequence before it belongs to it. */
function lastStart(bytes: Uint8Array, index: number): number {
  for (let open = 3; open > 0; open -= 1) {
    if (open <= index && isOpenSequence(bytes.subarray(index - open, index))) return index - open;
  }
  return index;
}
