import { closest } from '../diagnostic/closest.js';

/** A hint for a name that does not exist: the one that was probably meant, else those that there are, up to ten. */
export function didYouMean(written: string, known: readonly string[]): string {
  const names = [...new Set(known)].sort();
  const meant = closest(written, names);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return `known: ${names.slice(0, 10).join(', ')}${more}`;
}
