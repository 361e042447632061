import { closest } from '../../diagnostic/closest.js';

/** `a`, `a and b`, `a, b and c`; long lists end in `and 7 more`. */
export function enumeration(items: readonly string[], most = 8): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** `1 pod`, `3 pods`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** `did you mean x?`, or what to do where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise: string): string {
  const guess = closest(word, candidates);
  return guess === undefined ? otherwise : `did you mean ${guess}?`;
}
