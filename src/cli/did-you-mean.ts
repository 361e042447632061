import { closest } from '../diagnostic/closest.js';

/**
 * A hint for a name that does not exist: the one that was probably meant, else those that there are, up to ten. `listed` are
 * those worth listing, where that is not all of them.
 */
export function didYouMean(written: string, known: readonly string[], listed = known): string {
  const meant = closest(written, known);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const names = [...new Set(listed)].sort();
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return `known: ${names.slice(0, 10).join(', ')}${more}`;
}
