/** Pure: the words of a text that its checker does not know. */
import type { Correction, UnknownWord as ToldUnknown } from '../../protocol/requests';
import { wordPattern } from '../../project/word-list';

export interface UnknownWord {
  word: string;
  /** undefined where nothing looks like it. */
  correction: string | undefined;
  count: number;
  /** On a list of misspellings. */
  misspelt: boolean;
}

/** Each word once, in the order of the text. */
export function unknownWords(
  text: string,
  corrections: readonly Correction[],
  unknown: readonly ToldUnknown[] = [],
): UnknownWord[] {
  const found = new Map<string, UnknownWord>();
  const told = [
    ...corrections.filter(({ type }) => type === 'spelling'),
    ...unknown.map((each) => ({ ...each, correction: each.suggestions[0], lexicon: false })),
  ].sort((a, b) => a.startIndex - b.startIndex);
  for (const { startIndex, endIndex, correction, lexicon } of told) {
    const word = text.slice(startIndex, endIndex);
    if (!wordPattern.test(word)) continue;
    const known = found.get(word);
    if (known) known.count++;
    else found.set(word, { word, correction, count: 1, misspelt: lexicon });
  }
  return [...found.values()];
}
