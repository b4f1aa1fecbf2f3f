/** Carries the model's output, which is text without markup, over to the document's own text. Pure. */
import type { TextFormat } from '../../protocol/requests';
import { applyEdits, wordEdits } from '../../text/word-edits';
import { proseSentences } from '../../text/prose';
import { editToSource } from '../../text/spans';
import type { TextEdit } from '../../text/types';

/**
 * `original` with the words changed that differ between `view` (what the model read of it) and `output`; markup and
 * everything else stay byte for byte. Undefined where a change cannot be made without touching markup or protected
 * text, or where `view` is not what the model reads of `original`.
 */
export function carryOver(original: string, format: TextFormat, view: string, output: string): string | undefined {
  const sentences = proseSentences(original, format);
  const begins: number[] = [];
  let joined = '';
  for (const { text } of sentences) {
    if (joined !== '') joined += ' '; // As the engine joins them for a trace.
    begins.push(joined.length);
    joined += text;
  }
  if (joined !== view) return original === view ? output : undefined;
  const edits: TextEdit[] = [];
  for (const { start, end, text } of wordEdits(view, output)) {
    const index = sentences.findIndex(
      (sentence, at) => begins[at]! <= start && end <= begins[at]! + sentence.text.length,
    );
    const edit =
      index < 0 ? undefined : editToSource(sentences[index]!, start - begins[index]!, end - begins[index]!, text);
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
