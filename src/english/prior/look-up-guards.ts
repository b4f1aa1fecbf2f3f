/** Where a word of the text must not be looked up: protected ranges, and words that are part of a name. */
import { mergeRanges, type Range } from '../../text/protect';
import type { Sentence } from '../../text/types';
import type { LexiconOptions } from './lexicon';

/** Where the word lists are not asked about a sentence, and where only about case. */
export function lookUpRangesOf(sentence: Sentence): Pick<LexiconOptions, 'protected' | 'names'> {
  return { protected: protectedRangesOf(sentence), names: sentence.names ?? [] };
}

/** View ranges of protected text, sorted. */
export function protectedRangesOf(sentence: Sentence): [number, number][] {
  return sentence.pieces
    .filter((piece) => piece.protected)
    .map(({ viewStart, length }) => [viewStart, viewStart + length]);
}

/** The options for look-ups that change letters: names are closed to them as protected text is. */
export function closedToLetters(options: LexiconOptions): LexiconOptions {
  if (options.names === undefined || options.names.length === 0) return options;
  return { ...options, protected: mergeRanges([...(options.protected ?? []), ...options.names]) };
}

/** A test whether a range (asked for in ascending order) touches none of the given ones. */
export function openRanges(ranges: readonly Range[] = []): (start: number, end: number) => boolean {
  let next = 0;
  return (start, end) => {
    while (next > 0 && ranges[next - 1]![1] > start) next -= 1;
    while (next < ranges.length && ranges[next]![1] <= start) next += 1;
    return next >= ranges.length || ranges[next]![0] >= end;
  };
}

/** "teh.txt", "Teh.JS", "a/teh", "@teh", "--teh", "teh_x", "teh→the", "[T]eh": a name or spoken of, not a word. */
export function isPartOfName(text: string, start: number, end: number): boolean {
  const before = text[start - 1] ?? ' ';
  const after = text[end] ?? ' ';
  if (/[_@#%&\\/\p{S}]/u.test(before) || /[_@#%\\/\p{S}]/u.test(after)) return true;
  if (/[\])}]/.test(before)) return true;
  if (before === '-' && !/[\p{L}\p{N}]/u.test(text[start - 2] ?? ' ')) return true;
  if (before === '.' && /[\p{L}\p{N}]/u.test(text[start - 2] ?? ' ')) return true;
  if (after === '.' && /^\p{Lu}{2}/u.test(text.slice(end + 1, end + 5))) return true;
  return (
    ((after === '.' || after === ':') && /[\p{Ll}\p{N}]/u.test(text[end + 1] ?? ' ')) ||
    (after === '(' && text[end + 1] === ')')
  );
}
