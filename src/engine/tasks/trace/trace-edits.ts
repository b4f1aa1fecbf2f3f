/** The fixes of a traced run with their confidence and the model's own thresholds: what the visualizer's threshold slider moves over. */
import type { DecodeResult } from '../../../decode/decoder';
import type { TraceEdit } from '../../../protocol/trace';
import type { OffsetEncoding, Sentence } from '../../../text/types';
import type { TaskContext } from '../../task-context';
import type { Prepared } from '../../document/prepare';
import { resolveOverlaps, rewritingEdits, viewEdits } from '../../document/sentence-edits';
import { leastConfidence } from '../correct/thresholds';
import { plausibleEdits } from '../correct/correct';

/**
 * Offsets are those of the view text. A decoder that writes the sentence anew is as sure of every edit as of its tokens on
 * average, as in the correction task. A trace is one passage, so it starts and ends a block.
 */
export function traceEdits(
  context: TaskContext,
  sentence: Sentence,
  encoding: OffsetEncoding,
  near: Prepared['near'],
  result: DecodeResult,
): TraceEdit[] {
  const { tokenizer, manifest } = context.model;
  const edits = result.edits
    ? viewEdits(sentence.text, encoding, result.edits, tokenizer)
    : rewritingEdits(sentence.text, encoding, result, tokenizer);
  return resolveOverlaps(plausibleEdits(context, sentence, near, edits, { startsBlock: true, endsBlock: true })).map(
    (edit) => {
      const { start, end, text, confidence, type, lexicon } = edit;
      return {
        start,
        end,
        text,
        confidence,
        threshold: leastConfidence({}, manifest.thresholds.correct, edit.names ?? []),
        type,
        lexicon,
      };
    },
  );
}
