/** Unknown words of a document, where no correction speaks of them already. */
import type { Lexicon } from '../../../english/prior/lexicon';
import { lookUpRangesOf } from '../../../english/prior/look-up-guards';
import { unknownWords } from '../../../english/prior/unknown-words';
import type { Correction, CorrectParams, CorrectionType, UnknownWord } from '../../../protocol/requests';
import { viewToSource } from '../../../protocol/source-map';
import type { OwnWords } from '../../document/own-words';
import type { RequestedPart } from '../../document/requested-sentences';
import type { PartProse } from '../../../text/prose';

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
  parts: readonly RequestedPart[],
  corrections: readonly Correction[],
  { dictionary, ownWords, types }: Silence,
): UnknownWord[] {
  if (types?.includes('spelling') === true) return [];
  const words = [...dictionary].sort().join('\n');
  const isCorrected = firstTouching(corrections);
  return parts
    .flatMap((requested) => {
      const { start: from } = requested.part;
      return unknownOf(lexicon, requested, dictionary, words).flatMap(({ word, ...at }): UnknownWord[] => {
        const [startIndex, endIndex] = [at.startIndex + from, at.endIndex + from];
        if (isCorrected(startIndex, endIndex) || ownWords().hasAsOwn(word)) return [];
        return [{ ...at, startIndex, endIndex }];
      });
    })
    .sort((a, b) => a.startIndex - b.startIndex);
}

/** A word that nothing knows, whatever the rest of the document says. Offsets are in its part. */
type UnknownInPart = UnknownWord & { word: string };

const known = new WeakMap<PartProse, { lexicon: Lexicon; key: string; words: UnknownInPart[] }>();

/** @param words the dictionary */
function unknownOf(
  lexicon: Lexicon,
  { part, key: place, sentences }: RequestedPart,
  dictionary: ReadonlySet<string>,
  words: string,
): UnknownInPart[] {
  const key = `${place ?? ''}\n${words}`;
  const before = place === undefined ? undefined : known.get(part.prose);
  if (before?.lexicon === lexicon && before.key === key) return before.words;
  const found = sentences().flatMap(({ sentence }) =>
    unknownWords(sentence.text, lexicon, { dictionary, ...lookUpRangesOf(sentence) }).flatMap(
      ({ start, end, suggestions }): UnknownInPart[] => {
        const target = viewToSource(sentence, start, end);
        if (!target) return [];
        return [{ startIndex: target.start, endIndex: target.end, suggestions, word: sentence.text.slice(start, end) }];
      },
    ),
  );
  if (place !== undefined) known.set(part.prose, { lexicon, key, words: found });
  return found;
}

/** Whether one of the corrections (sorted, disjoint) touches a range. */
function firstTouching(corrections: readonly Correction[]): (start: number, end: number) => boolean {
  return (start, end) => {
    let [low, high] = [0, corrections.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (corrections[middle]!.endIndex > start) high = middle;
      else low = middle + 1;
    }
    return low < corrections.length && corrections[low]!.startIndex < end;
  };
}
