/**
 * Misspellings that need no list, because they are made the same way from every word: "computationaly" (an adverb of an
 * adjective in -al), "usefuly", "basicly", and a syllable written twice ("withinin"). The word must be unknown, and
 * what it stands for known. And "each others' files", which is "each other's" of any thing.
 */
import type { Lexicon, LexiconMatch, LexiconOptions } from './lexicon';
import { functionWords } from '../words';
import { isPartOfName, openRanges } from './look-up-guards';

/** Letters of a syllable that is written twice, and of the word that it leaves. */
const syllable = { least: 2, most: 4, word: 5 };
/** Occurrences in the training prose of the word that a doubled syllable leaves. */
const leastCount = 50;

/** In the order of the text. */
export function regularSlips(text: string, lexicon: Lexicon, options: LexiconOptions = {}): LexiconMatch[] {
  const isOpen = openRanges(options.protected);
  const dictionary = new Set([...(options.dictionary ?? [])].map((word) => word.toLowerCase()));
  const found: LexiconMatch[] = [];
  for (const { 0: word, index: start } of text.matchAll(
    /(?<![\p{L}\p{M}\p{N}_'’-])[a-z]{6,30}(?![\p{L}\p{M}\p{N}_'’-])/gu,
  )) {
    const end = start + word.length;
    if (isKnown(word, lexicon) || dictionary.has(word) || isPartOfName(text, start, end) || !isOpen(start, end))
      continue;
    const right = withoutThird(word, lexicon) ?? adverbOf(word, lexicon) ?? withoutDoubledSyllable(word, lexicon);
    if (right !== undefined) found.push({ start, end, candidates: [right] });
  }
  return found;
}

const isKnown = (word: string, lexicon: Lexicon): boolean => lexicon.wordCount(word) > 0 || lexicon.known.has(word);

/** "processs", "addding": a letter that stands three times in a row. */
function withoutThird(word: string, lexicon: Lexicon): string | undefined {
  if (!/(\p{L})\1\1/u.test(word)) return undefined;
  const rights = [word.replace(/(\p{L})\1\1+/u, '$1$1'), word.replace(/(\p{L})\1\1+/u, '$1')];
  return rights.find((right) => lexicon.wordCount(right) >= leastCount);
}

function adverbOf(word: string, lexicon: Lexicon): string | undefined {
  const right = /(?:al|ful|el|il|ol)y$/.test(word)
    ? `${word.slice(0, -1)}ly`
    : word.endsWith('icly')
      ? `${word.slice(0, -2)}ally`
      : undefined;
  return right !== undefined && isKnown(right, lexicon) ? right : undefined;
}

function withoutDoubledSyllable(word: string, lexicon: Lexicon): string | undefined {
  const found = new Set<string>();
  for (let length = syllable.least; length <= syllable.most; length++) {
    for (let at = 1; at + 2 * length <= word.length; at++) {
      if (word.slice(at, at + length) !== word.slice(at + length, at + 2 * length)) continue;
      const rest = word.slice(0, at) + word.slice(at + length);
      if (rest.length >= syllable.word && lexicon.wordCount(rest) >= leastCount) found.add(rest);
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/** "each others' files", "one anothers files"; without an apostrophe only before a word that the owners may own. */
export function reciprocalSlips(text: string, options: LexiconOptions = {}): LexiconMatch[] {
  const isOpen = openRanges(options.protected);
  const found: LexiconMatch[] = [];
  for (const match of text.matchAll(/\b(?:[Ee]ach (others)|[Oo]ne (anothers))(['’]?)(?= (\p{Ll}+))/gu)) {
    const [whole, other, another, mark, next] = match as unknown as [string, string?, string?, string?, string?];
    const word = (other ?? another)!;
    if (mark === '' && functionWords.has(next!)) continue;
    const start = match.index + whole.length - word.length - mark!.length;
    const end = match.index + whole.length;
    if (isOpen(start, end))
      found.push({ start, end, candidates: [`${word.slice(0, -1)}${mark === '’' ? '’' : "'"}s`] });
  }
  return found;
}
