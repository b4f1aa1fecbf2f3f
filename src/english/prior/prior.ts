/**
 * All that the lists and closed patterns find in a sentence, asked once: each candidate with its origin. What is
 * offered is told to the network, which judges it in context; what is settled needs no judge (settled-words.ts).
 */
import type { CorrectionType } from '../../protocol/requests';
import type { Sentence } from '../../text/types';
import { confusedMatches } from './confused-words';
import { doubledWords, misspelledCopies } from './doubled-words';
import type { GrammarSlip } from './grammar-slips';
import { articlesBeside } from './indefinite-article';
import type { Lexicon, LexiconMatch, LexiconOptions } from './lexicon';
import { closedToLetters, lookUpRangesOf } from './look-up-guards';
import { nameMatches } from './names';
import { reciprocalSlips, regularSlips } from './regular-slips';
import { slipsBeside } from './slips-beside';
import { patternMatches } from './word-patterns';

/** Who has found a candidate: one part of the prior each. */
export type Origin =
  | 'listed'
  | 'name'
  | 'article'
  | 'form'
  | 'confused'
  | 'near'
  | 'regular'
  | 'reciprocal'
  | 'doubled'
  | 'slip';

export interface Candidate extends LexiconMatch {
  origin: Origin;
  /** The network is told of it. */
  offered: boolean;
  /** As what kind of error it is offered whatever the network says; none: the network judges it. */
  settled?: CorrectionType;
  /** Of a slip: the words that its pattern has read, where nobody else mends the same fault. */
  scope?: GrammarSlip['scope'];
}

/**
 * Part by part, each in the order of the text. Where two parts have something for one word, the network is told of the
 * first one's. Offsets are those of the sentence's view.
 *
 * @param dictionary words (small letters) that are never called misspelled
 */
export function findAll(
  sentence: Sentence,
  lexicon: Lexicon,
  dictionary: ReadonlySet<string> = new Set(),
): Candidate[] {
  const { text } = sentence;
  const given: LexiconOptions = { dictionary, ...lookUpRangesOf(sentence) };
  const options = closedToLetters(given);
  const found = lexicon.misspellings(text, options);
  const copies = misspelledCopies(text, found);
  const listed = found.filter((match) => !copies.some(({ end }) => end === match.end));
  const listedStarts = new Set(listed.map(({ start }) => start));
  const isAlone = ({ start, end, candidates }: LexiconMatch): boolean =>
    candidates.length === 1 && lexicon.wordCount(text.slice(start, end)) === 0;
  const all: Candidate[] = listed.map((match) => ({
    ...match,
    origin: 'listed',
    offered: true,
    ...(isAlone(match) ? { settled: 'spelling' } : {}),
  }));
  const isFree = ({ start }: LexiconMatch): boolean =>
    all.every((candidate) => candidate.start !== start || !candidate.offered);
  const offer = (origin: Origin, matches: readonly LexiconMatch[]): void => {
    all.push(...matches.map((match) => ({ ...match, origin, offered: true })));
  };
  const settle = (origin: Origin, settled: CorrectionType, matches: readonly LexiconMatch[]): void => {
    all.push(...matches.map((match) => ({ ...match, origin, offered: false, settled })));
  };
  offer('name', nameMatches(text, lexicon.names, given).filter(isFree));
  for (const { start, end, candidates, isSure } of articlesBeside(text, lexicon, listed, options))
    all.push({ start, end, candidates, origin: 'article', offered: true, ...(isSure ? { settled: 'article' } : {}) });
  offer('form', patternMatches(text, options).filter(isFree));
  for (const { settled, ...match } of confusedMatches(text, options)) {
    const offered = isFree(match);
    if (offered || settled)
      all.push({ ...match, origin: 'confused', offered, ...(settled ? { settled: 'confusable' } : {}) });
  }
  offer('near', lexicon.near.matches(text, all, options));
  settle(
    'regular',
    'spelling',
    regularSlips(text, lexicon, options).filter(({ start }) => !listedStarts.has(start)),
  );
  settle('reciprocal', 'punctuation', reciprocalSlips(text, options));
  settle('doubled', 'doubled-word', [...doubledWords(text, options), ...copies]);
  for (const { type, ...slip } of slipsBeside(text, listed.filter(isAlone), options))
    all.push({ ...slip, origin: 'slip', offered: false, settled: type });
  return all;
}
