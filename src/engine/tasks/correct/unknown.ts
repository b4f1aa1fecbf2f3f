/** Unknown words of a document, where no correction speaks of them already. */
import type { Lexicon } from '../../../english/prior/lexicon';
import { lookUpRangesOf } from '../../../english/prior/look-up-guards';
import { unknownWords } from '../../../english/prior/unknown-words';
import type { Correction, CorrectParams, CorrectionType, UnknownWord } from '../../../protocol/requests';
import { viewToSource } from '../../../protocol/source-map';
import type { OwnWords } from '../../document/own-words';
import type { PlacedSentence } from '../../document/requested-sentences';

/** They are told at the level that tells everything; a caller with a threshold asks for corrections alone. */
export const showsUnknown = ({ level, threshold }: Pick<CorrectParams, 'level' | 'threshold'>): boolean =>
  level === 'thorough' && threshold === undefined;

interface Silence {
  /** Small letters. */
  dictionary: ReadonlySet<string>;
  ownWords(): OwnWords;
  /** Kinds that the writer ignores: without spelling there are no unknown words. */
  types: readonly CorrectionType[] | undefined;
}

/** Sorted and disjoint, outside of `corrections` (sorted). */
export function unknownIn(
  lexicon: Lexicon,
  sentences: readonly PlacedSentence[],
  corrections: readonly Correction[],
  { dictionary, ownWords, types }: Silence,
): UnknownWord[] {
  if (types?.includes('spelling') === true) return [];
  const isCorrected = (start: number, end: number): boolean =>
    corrections.some(({ startIndex, endIndex }) => startIndex < end && start < endIndex);
  return sentences
    .flatMap(({ sentence }) =>
      unknownWords(sentence.text, lexicon, { dictionary, ...lookUpRangesOf(sentence) }).flatMap(
        ({ start, end, suggestions }): UnknownWord[] => {
          const word = sentence.text.slice(start, end);
          const target = viewToSource(sentence, start, end);
          if (!target || isCorrected(target.start, target.end) || ownWords().hasAsOwn(word)) return [];
          return [{ startIndex: target.start, endIndex: target.end, suggestions }];
        },
      ),
    )
    .sort((a, b) => a.startIndex - b.startIndex);
}
