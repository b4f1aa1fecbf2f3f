/**
 * Small words that stand twice ("is read by by the server"): no judge is needed where the second copy cannot be meant.
 * A network that sees several errors in one sentence doubts each of them.
 */
import { isRightDouble } from '../judge/right-doubles';
import type { LexiconMatch, LexiconOptions } from './lexicon';
import { openRanges } from './look-up-guards';

/** Words of which two in a row say nothing more; those with a second meaning ("that that", "had had") are left out. */
const small =
  'the an of in on to is are was were be and for with by it this these from at or as but if you we they can will must should not your our their its';
const twice = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}_'’.-])(${small.replaceAll(' ', '|')})(\\s+\\1)(?![\\p{L}\\p{M}\\p{N}_'’-])`,
  'giu',
);

/** The blank and the second copy of each, to be left out; in the order of the text. */
export function doubledWords(text: string, options: LexiconOptions = {}): LexiconMatch[] {
  const isOpen = openRanges(options.protected);
  return [...text.matchAll(twice)].flatMap((match) => {
    const [, word, second] = match as unknown as [string, string, string];
    const start = match.index + word.length;
    const end = start + second.length;
    // "IT it", "IN in": capitals are another word; "To To": a title.
    const copy = second.trim();
    if (copy !== copy.toLowerCase() || (word !== copy && word !== copy[0]!.toUpperCase() + copy.slice(1))) return [];
    if (!isOpen(match.index, end) || isRightDouble(word, text.slice(0, match.index), text.slice(end))) return [];
    return [{ start, end, candidates: [''] }];
  });
}

/**
 * Misspelled copies of the word before them ("the teh server"), to be left out with their blank: mended they would
 * stand twice.
 * @param misspelled words of `text` with what they should be
 */
export function misspelledCopies(text: string, misspelled: readonly LexiconMatch[]): LexiconMatch[] {
  return misspelled.flatMap(({ start, end, candidates }) => {
    const [before, word, blank] = /(?<![\p{L}\p{M}\p{N}_'’.-])([\p{L}]{1,12})( )$/u.exec(text.slice(0, start)) ?? [];
    const copy = candidates[0];
    if (before === undefined || word!.toLowerCase() !== copy) return [];
    const isDouble = doubledWords(`${word!} ${copy}${text.slice(end)}`).some((double) => double.start === word!.length);
    return isDouble ? [{ start: start - blank!.length, end, candidates: [''] }] : [];
  });
}
