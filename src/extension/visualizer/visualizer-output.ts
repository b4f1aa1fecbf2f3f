/** Carries the model's output, which is text without markup, over to the document's own text. Pure. */
import { editToSource } from '../../protocol/source-map';
import type { Trace, TracedSentence } from '../../protocol/trace';
import { applyEdits, wordEdits, type TextEdit } from '../../protocol/word-edits';

/** What of a trace says how its text stands in the document's. */
export type TracedText = Pick<Trace, 'sourceText' | 'sentences'>;

/**
 * `original` with the words changed that differ between what the model read of it and `output`; markup and everything
 * else stay byte for byte. Undefined where a change cannot be made without touching markup or protected text, or where
 * the trace is of another text.
 */
export function carryOver(original: string, trace: TracedText, output: string): string | undefined {
  const { sourceText, sentences = [] } = trace;
  if (sentences.length === 0 || !sentences.every((sentence) => isMapOf(original, sourceText, sentence)))
    return original === sourceText ? output : undefined;
  const edits: TextEdit[] = [];
  for (const { start, end, text } of wordEdits(sourceText, output)) {
    const sentence = sentences.find((each) => each.start <= start && end <= each.start + each.length);
    const edit =
      sentence &&
      editToSource(
        { ...sentence, text: viewOf(sourceText, sentence) },
        start - sentence.start,
        end - sentence.start,
        text,
      );
    if (!edit) return undefined;
    edits.push(edit);
  }
  try {
    return applyEdits(original, edits);
  } catch (error) {
    // Two changes met at the same markup.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const viewOf = (sourceText: string, { start, length }: TracedSentence): string =>
  sourceText.slice(start, start + length);

/** Whether every piece of the view stands in `original` where the map says: a trace may come from a file. */
function isMapOf(original: string, sourceText: string, sentence: TracedSentence): boolean {
  const view = viewOf(sourceText, sentence);
  return sentence.pieces.every(
    ({ viewStart, sourceStart, length }) =>
      view.slice(viewStart, viewStart + length) === original.slice(sourceStart, sourceStart + length),
  );
}
