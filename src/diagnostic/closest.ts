import { distance } from 'fastest-levenshtein';

/**
 * The candidate that was probably meant by `name`, whatever its case; undefined where none is close. A third of the letters may be
 * wrong, and one in short words; two swapped neighbours (`pord`, `prot`) are one mistake. Of equally close ones the first by
 * code units, so that the order of the candidates does not matter.
 */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly mistakes: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const mistakes = mistakesBetween(name.toLowerCase(), candidate.toLowerCase());
    if (mistakes > tolerated(Math.min(name.length, candidate.length))) continue;
    if (!best || mistakes < best.mistakes || (mistakes === best.mistakes && candidate < best.candidate))
      best = { candidate, mistakes };
  }
  return best?.candidate;
}

/** Of one letter nothing is left when it is wrong. */
function tolerated(letters: number): number {
  return letters < 2 ? 0 : Math.max(1, Math.floor(letters / 3));
}

/** Letters to add, remove or replace, where the first step may be to swap two neighbours: Levenshtein counts a swap as two. */
function mistakesBetween(written: string, meant: string): number {
  let fewest = distance(written, meant);
  for (let i = 0; i + 1 < written.length && fewest > 1; i += 1) {
    const swapped = written.slice(0, i) + written.charAt(i + 1) + written.charAt(i) + written.slice(i + 2);
    fewest = Math.min(fewest, 1 + distance(swapped, meant));
  }
  return fewest;
}
