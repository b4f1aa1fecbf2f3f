/**
 * The fixes of a traced run with their confidence and the model's own thresholds: what the visualizer's
 * threshold slider moves over.
 */
import type { DecodeResult } from '../../../decode/decoder';
import type { TraceParams } from '../../../protocol/requests';
import type { TraceEdit } from '../../../protocol/trace';
import type { Candidate } from '../../../english/prior/prior';
import type { SentenceEdit } from '../../../english/sentence-edit';
import type { OffsetEncoding, Sentence } from '../../../text/types';
import { OwnWords } from '../../document/own-words';
import type { PlacedSentence } from '../../document/requested-sentences';
import { resolveOverlaps, rewritingEdits, viewEdits } from '../../document/sentence-edits';
import type { TaskContext } from '../../task-context';
import { editsOfSentence, plausibleEdits, setupOf } from '../correct/edits-of-sentence';
import { offeredEdits, thresholdOf, type Choice } from '../correct/offered';

/** A traced run over the sentences of a text, joined to one passage. */
export interface TracedRun {
  joined: Sentence;
  sentences: readonly PlacedSentence[];
  encoding: OffsetEncoding;
  /** What the network was told of. */
  candidates: readonly Candidate[];
  result: DecodeResult;
  /** Somebody chose where it starts or what it must keep. */
  steered: boolean;
}

/**
 * What a correction of the same text offers, with the same confidences, and below their thresholds what else it and the
 * run have found. A run that starts from somebody's draft or keeps words has edits of its own only. Offsets
 * are those of the joined view.
 */
export async function traceEdits(
  context: TaskContext,
  params: Omit<TraceParams, 'traceId'>,
  run: TracedRun,
): Promise<TraceEdit[]> {
  const { decoder, options = {}, correction, ...words } = params;
  const setup = setupOf(context, { ...words, ...(correction ?? { decoder, options }) });
  let own: OwnWords | undefined;
  const choice: Choice = {
    params,
    thresholds: context.model.manifest.thresholds.correct,
    dictionary: setup.dictionary,
    ownWords: () =>
      (own ??= OwnWords.ofSentences(
        params.text,
        run.sentences.map(({ sentence }) => sentence),
      )),
  };
  const ofRun = editsOfRun(context, run);
  if (run.steered) return offeredFirst(run.joined, ofRun, choice);
  // Its passes are no steps of this run.
  const quiet = { ...context };
  delete quiet.onStep;
  const list: TraceEdit[] = [];
  let shift = 0;
  for (const placed of run.sentences) {
    const { sentence } = placed;
    const end = shift + sentence.text.length;
    const moved = ofRun
      .filter((edit) => edit.start >= shift && edit.end <= end)
      .map((edit) => ({ ...edit, start: edit.start - shift, end: edit.end - shift }));
    const edits = offeredFirst(sentence, await editsOfSentence(quiet, placed, setup), choice, moved);
    list.push(...edits.map((edit) => ({ ...edit, start: edit.start + shift, end: edit.end + shift })));
    shift = end + 1; // the blank between two sentences
  }
  return list;
}

function editsOfRun(context: TaskContext, { joined, encoding, candidates, result }: TracedRun): SentenceEdit[] {
  const { tokenizer } = context.model;
  const edits = result.edits
    ? viewEdits(joined.text, encoding, result.edits, tokenizer)
    : rewritingEdits(joined.text, encoding, result, tokenizer);
  return plausibleEdits(context, joined, candidates, edits, { startsBlock: true, endsBlock: true });
}

/** The offered edits, and of all others those below their thresholds, surest first where two meet. */
function offeredFirst(
  sentence: Sentence,
  edits: readonly SentenceEdit[],
  choice: Choice,
  others: readonly SentenceEdit[] = [],
): TraceEdit[] {
  const offered = offeredEdits(sentence, edits, choice).map(({ edit }) => edit);
  const meets = (edit: SentenceEdit, list: readonly SentenceEdit[]): boolean =>
    list.some((each) => edit.start <= each.end && each.start <= edit.end);
  const doubtful = [...edits, ...others].filter(
    (edit) => edit.confidence < thresholdOf(edit, choice) && !meets(edit, offered),
  );
  return [...offered, ...resolveOverlaps(doubtful)]
    .sort((left, right) => left.start - right.start || left.end - right.end)
    .map((edit) => {
      const { start, end, text, confidence, type, lexicon } = edit;
      return { start, end, text, confidence, threshold: thresholdOf(edit, choice), type, lexicon };
    });
}
