/** A sentence with what is underlined in it corrected: a summary is made from that, and repeats no slip. */
import { isCode } from '../../../protocol/formats';
import type { TextInput } from '../../../protocol/requests';
import type { SentenceEdit } from '../../../english/sentence-edit';
import type { Piece, Sentence } from '../../../text/types';
import { applyEdits } from '../../../protocol/word-edits';
import { OwnWords } from '../../document/own-words';
import type { PlacedSentence } from '../../document/requested-sentences';
import type { TaskContext } from '../../task-context';
import { isOfOneSentence } from '../correct/correct';
import { editsOfSentence, setupOf } from '../correct/edits-of-sentence';
import { offeredEdits } from '../correct/offered';

export interface CorrectedSentence {
  /** Its view is corrected; offsets in the source are those of the text that stands there. */
  sentence: Sentence;
  /** How many corrections were made. */
  corrections: number;
}

/** The sentence itself where nothing is wrong, or where it cannot be checked. @throws what concerns every sentence */
export async function correctedSentence(
  { onProgress: _, onStep: __, ...context }: TaskContext,
  placed: PlacedSentence,
  { text, format }: TextInput,
): Promise<CorrectedSentence> {
  const { sentence } = placed;
  const setup = setupOf(context, {});
  const { thresholds } = context.model.manifest;
  const ownWords = (): OwnWords =>
    new OwnWords(text, context.caches.reader.readProse(text, format).parts, isCode(format));
  const choice = { params: {}, thresholds: thresholds.correct, dictionary: setup.dictionary, ownWords };
  try {
    const edits = offeredEdits(sentence, await editsOfSentence(context, placed, setup), choice);
    return {
      sentence: withEdits(
        sentence,
        edits.map(({ edit }) => edit),
      ),
      corrections: edits.length,
    };
  } catch (error) {
    if (!isOfOneSentence(error)) throw error;
    return { sentence, corrections: 0 };
  }
}

/** @param edits of the view, sorted and disjoint, in text that may be edited */
export function withEdits(sentence: Sentence, edits: readonly SentenceEdit[]): Sentence {
  if (edits.length === 0) return sentence;
  /** Where a place of the old view lies in the new one; of a place inside of an edit as much as there is left. */
  const moved = (at: number): number =>
    edits
      .filter(({ start }) => start < at)
      .reduce((place, { start, end, text }) => {
        const within = Math.min(at, end) - start;
        return place - within + (end <= at ? text.length : Math.min(within, text.length));
      }, at);
  const pieces = sentence.pieces.map((piece): Piece => {
    const viewStart = moved(piece.viewStart);
    return { ...piece, viewStart, length: moved(piece.viewStart + piece.length) - viewStart };
  });
  return {
    ...sentence,
    text: applyEdits(sentence.text, edits),
    pieces,
    ...(sentence.names ? { names: sentence.names.map(([start, end]) => [moved(start), moved(end)] as const) } : {}),
  };
}
