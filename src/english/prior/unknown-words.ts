/**
 * Words that nothing knows: no list of words, names or misspellings, no rule that makes words out of others. What stays
 * may be a slip too far from its word for a correction ("paragraff"), a term, or a coinage; the writer is the one who
 * knows, so they are shown at the level that shows everything, and changed only by hand.
 */
import { distance } from '../judge/distance';
import type { Lexicon, LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';
import { commonPrefixes, leastOfPart } from './near-words';

/** Shorter ones are abbreviations and units more often than words. */
const word = /(?<![\p{L}\p{M}\p{N}_'’.-])\p{Ll}{4,30}(?![\p{L}\p{M}\p{N}_'’-])(?!\.\p{L})/gu;
/** Those that make words of common words, and those that stand in words of books. */
const prefixes = [
  ...commonPrefixes,
  ...'bi counter dis en ex extra fore hyper in intra macro mega mid out para per poly pro pseudo tele trans tri ultra up'.split(
    ' ',
  ),
];
const suffixes =
  's es ed d ing er ers or ors ly ness less ful able ible ability ment ments ize izes ized izing ise ised ising ization isation ify ified ifies ification ish ism ist ists ity al ally ic ical ically ous ive wise like ship hood dom th st nd rd'.split(
    ' ',
  );
const shortestPart = 3;
/** Letters that a suggestion may differ in, for words of so many letters. */
const mostSlips = (letters: number): number => (letters < 6 ? 1 : 2);
const mostSuggestions = 3;

export interface UnknownMatch {
  start: number;
  end: number;
  suggestions: string[];
}

/**
 * In the order of the text.
 * @param options the dictionary and the protected ranges of the text
 */
export function unknownWords(text: string, lexicon: Lexicon, options: LexiconOptions = {}): UnknownMatch[] {
  const isOpen = openRanges(options.protected);
  const dictionary = new Set([...(options.dictionary ?? [])].map((each) => each.toLowerCase()));
  return [...text.matchAll(word)].flatMap(({ 0: found, index: start }) => {
    const end = start + found.length;
    if (isPartOfName(text, start, end) || !isOpen(start, end) || dictionary.has(found)) return [];
    const suggestions = suggestionsOf(found, lexicon);
    return suggestions === undefined ? [] : [{ start, end, suggestions }];
  });
}

/** Latest answers: a text is asked about again with every change of it, and hardly any word of it has changed. */
const answers = new WeakMap<Lexicon, Map<string, string[] | undefined>>();
const rememberedWords = 20_000;

/** undefined for a known word. */
function suggestionsOf(found: string, lexicon: Lexicon): string[] | undefined {
  let known = answers.get(lexicon);
  if (known === undefined || known.size >= rememberedWords) answers.set(lexicon, (known = new Map()));
  if (!known.has(found))
    known.set(found, !/[aeiouy]/.test(found) || isKnown(found, lexicon) ? undefined : suggestionsFor(found, lexicon));
  return known.get(found);
}

function isListed(part: string, lexicon: Lexicon): boolean {
  return lexicon.wordCount(part) > 0 || lexicon.known.has(part) || lexicon.names.has(part);
}

function isKnown(found: string, lexicon: Lexicon): boolean {
  if (isListed(found, lexicon)) return true;
  const isPart = (part: string): boolean => part.length >= shortestPart && lexicon.wordCount(part) >= leastOfPart;
  const isMade = (stem: string): boolean =>
    isPart(stem) ||
    isPart(`${stem}e`) ||
    (stem.endsWith('i') && isPart(`${stem.slice(0, -1)}y`)) ||
    (/([a-z])\1$/.test(stem) && isPart(stem.slice(0, -1)));
  const rests = [
    found,
    ...prefixes.filter((prefix) => found.startsWith(prefix)).map((prefix) => found.slice(prefix.length)),
  ];
  for (const rest of rests) {
    if (rest !== found && isMade(rest)) return true;
    for (const suffix of suffixes)
      if (rest.endsWith(suffix) && isMade(rest.slice(0, rest.length - suffix.length))) return true;
  }
  // "webhook", "treesitter": two words that people write as one.
  for (let at = shortestPart; at <= found.length - shortestPart; at++)
    if (isPart(found.slice(0, at)) && (isPart(found.slice(at)) || isPart(found.slice(at).replace(/s$/, ''))))
      return true;
  return false;
}

/** Known words with the same two first letters, nearest and most frequent first. */
function suggestionsFor(found: string, lexicon: Lexicon): string[] {
  const most = mostSlips(found.length);
  const near: { other: string; apart: number; count: number }[] = [];
  for (const [other, count] of lexicon.wordsFrom(found.slice(0, 2))) {
    if (Math.abs(other.length - found.length) > most || !/^\p{Ll}+$/u.test(other)) continue;
    const apart = distance(found, other);
    if (apart <= most) near.push({ other, apart, count });
  }
  return near
    .sort((a, b) => a.apart - b.apart || b.count - a.count)
    .slice(0, mostSuggestions)
    .map(({ other }) => other);
}
