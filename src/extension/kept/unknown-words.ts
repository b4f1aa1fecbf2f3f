/** Pure: the words of a text that its checker does not know. */
import type { Correction } from '../../protocol/requests';
import { wordPattern } from '../../project/word-list';

export interface UnknownWord {
  word: string;
  correction: string;
  count: number;
  /** On a list of misspellings. */
  misspelt: boolean;
}

/** Each word once, in the order of the text. */
export function unknownWords(text: string, corrections: readonly Correction[]): UnknownWord[] {
  const found = new Map<string, UnknownWord>();
  for (const { type, startIndex, endIndex, correction, lexicon } of corrections) {
    const word = text.slice(startIndex, endIndex);
    if (type !== 'spelling' || !wordPattern.test(word)) continue;
    const known = found.get(word);
    if (known) known.count++;
    else found.set(word, { word, correction, count: 1, misspelt: lexicon });
  }
  return [...found.values()];
}
