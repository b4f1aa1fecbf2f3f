/**
 * Correct: sentences -> tokens -> decoder -> edits -> exact source offsets.
 *
 * A sentence's edits are cached before thresholds and document offsets come in: typing in one sentence, or moving the
 * threshold, runs the network on nothing else.
 */
import type { TokenEdit } from '../../../decode/decoder';
import type { NgramTable } from '../../../decode/lattice/ngram-table';
import { isVetoed } from '../../../decode/edit/ngram-veto';
import { defaultMinimumEditProbability } from '../../../decode/edit/proposals';
import { presetOf } from '../../../protocol/effort';
import type { CorrectParams, CorrectResult, Correction } from '../../../protocol/requests';
import type { DecodeOptions, DecoderName } from '../../../protocol/trace';
import { classifyEdit, editForm, explainEdit } from '../../../english/judge/classify';
import { applyEdits } from '../../../text/word-edits';
import type { Lexicon } from '../../../english/prior/lexicon';
import { editToSource } from '../../../text/spans';
import type { Sentence } from '../../../text/types';
import { cacheKey } from '../../cache';
import { pacer, type TaskContext } from '../../task-context';
import type { DocumentReader } from '../../document/document-parts';
import { withErrorDensity } from './error-density';
import { InputError } from '../../errors';
import { isPlausible, type Place } from '../../../english/judge/guards';
import { isStyle } from '../../../english/judge/style';
import { OwnWords } from '../../document/own-words';
import { cut, listedMatches, prepare, windows, type Prepared } from '../../document/prepare';
import { runDecoder, untilTheEnd } from '../../run-decoder';
import { withSettledWords } from '../../../english/prior/settled-words';
import type { SentenceEdit } from '../../../english/sentence-edit';
import {
  keepFirstCopy,
  resolveOverlaps,
  rewritingEdits,
  viewEdits,
  type ViewEdit,
} from '../../document/sentence-edits';
import { editableText, layoutOf, protectedRangesOf, readSentences } from '../../document/requested-sentences';
import { calibrated, kindNames, leastConfidence, leastErrorProbability, showsStyle } from './thresholds';

export interface CorrectContext {
  /** Where the writer is (UTF-16 offset): sentences next to it come first. */
  focus?: number;
  /** Corrections so far, a few times a second. */
  onPartial?(corrections: Correction[]): void;
}

/** While somebody types, this many changed sentences next to the cursor are urgent; the rest waits behind other requests. */
const urgentSentences = 8;
const partialMilliseconds = 250;
/** Less is noise that takes the fill pass's context away from the sure edits. */
const leastProposal = 0.1;
/** Who lowers the threshold below this goes without the sentence gate (`leastErrorProbability`). */
const gatedThreshold = 0.5;

/** @throws CancelledError, InputError (text too long), RuntimeError */
export async function correct(
  context: TaskContext,
  params: CorrectParams,
  { focus, onPartial }: CorrectContext = {},
): Promise<CorrectResult> {
  const started = performance.now();
  const sentences = readSentences(context.caches.reader, params, params.ignoredSentences);
  const { decoder, passes } = presetOf('correct', { decoder: params.decoder, passes: params.options?.passes });
  const options: DecodeOptions = {
    passes,
    // A caller who wants to see unsure edits gets them proposed; one value, so that a moving threshold finds the cache full.
    ...((params.threshold ?? 1) < defaultMinimumEditProbability ? { minimumEditProbability: leastProposal } : {}),
    ...((params.threshold ?? 1) < gatedThreshold
      ? {}
      : { minimumErrorProbability: leastErrorProbability[params.level ?? 'balanced'] }),
    ...params.options,
  };
  const dictionary = new Set((params.dictionary ?? []).map((word) => word.toLowerCase()));
  const { manifest, dtype, device } = context.model;
  const setup = cacheKey(
    manifest.name,
    manifest.version,
    dtype,
    device,
    decoder,
    JSON.stringify(options),
    [...dictionary].sort().join('\n'),
  );
  const found: SentenceEdit[][] = sentences.map(() => []);
  let own: OwnWords | undefined;
  // The document is read for its own words only when an edit may be one of them: most texts have none.
  const ownWords = (): OwnWords =>
    (own ??= new OwnWords(params.text, context.caches.reader.read(params.text, params.format)));
  const collect = (): Correction[] => {
    const edits = params.steady ? found : inContext(found);
    // A deletion may take the blank on its other side where markup is in the way, and so meet its neighbour, even that of
    // the next sentence.
    return withoutOverlaps(
      sentences.flatMap((sentence, index) =>
        corrections(sentence, edits[index]!, params, context, dictionary, ownWords),
      ),
    );
  };
  const pace = pacer(context.signal);
  let latestPartial = started;
  let decoded = 0;
  let done = 0;
  for (const index of nearestFirst(sentences, focus)) {
    const sentence = sentences[index]!;
    const place: Place = {
      startsBlock: sentences[index - 1]?.blockIndex !== sentence.blockIndex,
      endsBlock: sentences[index + 1]?.blockIndex !== sentence.blockIndex,
    };
    const key = cacheKey(
      setup,
      sentence.text,
      layoutOf(sentence),
      sentence.block,
      Number(place.startsBlock),
      Number(place.endsBlock),
    );
    let edits = context.caches.corrections.get(key);
    if (!edits) {
      if (++decoded > urgentSentences && context.network.priority === 'typing') context.network.priority = 'background';
      edits = await decodeSentence(context, sentence, place, { decoder, options, dictionary });
      context.caches.corrections.set(key, edits);
    }
    found[index] = edits;
    done++;
    await pace();
    context.onProgress?.(done, sentences.length);
    if (onPartial && decoded > urgentSentences && performance.now() - latestPartial > partialMilliseconds) {
      latestPartial = performance.now();
      onPartial(collect());
    }
  }
  const list = collect();
  return {
    corrections: list,
    output: apply(params.text, list),
    milliseconds: performance.now() - started,
    passes: context.network.passes,
  };
}

/** The edits with confidences that know of each other; what the cache holds stays as the network gave it. */
function inContext(found: readonly SentenceEdit[][]): SentenceEdit[][] {
  const confidences = withErrorDensity(found.map((edits) => edits.map(({ confidence }) => confidence)));
  return found.map((edits, index) => edits.map((edit, at) => ({ ...edit, confidence: confidences[index]![at]! })));
}

/** Indices in the order of work: by distance from the writer. */
function nearestFirst(sentences: readonly Sentence[], focus: number | undefined): number[] {
  const order = sentences.map((_, index) => index);
  if (focus === undefined) return order;
  const distance = ({ start, end }: Sentence): number =>
    focus < start ? start - focus : focus > end ? focus - end : 0;
  return order.sort((a, b) => distance(sentences[a]!) - distance(sentences[b]!) || a - b);
}

async function decodeSentence(
  context: TaskContext,
  sentence: Sentence,
  place: Place,
  { decoder, options, dictionary }: { decoder: DecoderName; options: DecodeOptions; dictionary: ReadonlySet<string> },
): Promise<SentenceEdit[]> {
  // A table cell that holds a number or a piece of code: nothing in it can be edited.
  if (!/\p{L}/u.test(editableText(sentence))) return [];
  const { tokenizer } = context.model;
  const veto = options.ngramVeto ? vetoTable(context) : undefined;
  const { encoding, source, near } = prepare(sentence, 'fix', tokenizer, context.lexicon, dictionary);
  const tokenEdits: TokenEdit[] = [];
  let whole: ViewEdit[] | undefined;
  for (const window of windows(source.ids.length, encoding.starts, sentence.text)) {
    const part = cut(source, window);
    const result = await runDecoder(context, decoder, part, untilTheEnd(decoder, options), context.onStep);
    if (result.edits) {
      for (const edit of result.edits) {
        if (veto && isVetoed(veto, part.ids, edit)) continue;
        const moved = { ...edit, start: edit.start + window.start, end: edit.end + window.start };
        const last = window.coreEnd === source.ids.length;
        if (moved.start >= window.coreStart && moved.end <= window.coreEnd && (moved.start < window.coreEnd || last))
          tokenEdits.push(moved);
      }
    } else if (part === source) {
      whole = rewritingEdits(sentence.text, encoding, result, tokenizer);
    }
  }
  const edits = plausibleEdits(
    context,
    sentence,
    near,
    whole ?? viewEdits(sentence.text, encoding, tokenEdits, tokenizer),
    place,
  );
  return withSettledWords(sentence.text, edits, context.lexicon, {
    dictionary,
    protected: protectedRangesOf(sentence),
  });
}

/** Edits with their kinds, without those that are wrong or a matter of taste whatever the model says. */
export function plausibleEdits(
  context: TaskContext,
  sentence: Sentence,
  near: Prepared['near'],
  edits: readonly ViewEdit[],
  place: Place,
): SentenceEdit[] {
  const { confidence } = context.model.manifest;
  return edits
    .map((edit) => {
      const kept = keepFirstCopy(sentence.text, edit);
      const isNear = kept.lexicon && near.some(({ start, end }) => kept.start < end && start < kept.end);
      const judged = judge(sentence.text, { ...kept, lexicon: kept.lexicon && !isNear, near: isNear });
      return confidence ? { ...judged, confidence: calibrated(judged.raw, confidence, judged.names) } : judged;
    })
    .filter((edit) => isPlausible(sentence, edit, place, context.lexicon));
}

/** @throws InputError for a model without one */
function vetoTable({ model }: TaskContext): NgramTable {
  if (model.tables?.ngrams) return model.tables.ngrams;
  throw new InputError(
    '"ngramVeto" needs a model with an n-gram table (ngrams.bin in its folder), and this one has none. Switch it off.',
  );
}

type Judged = SentenceEdit & Required<Pick<SentenceEdit, 'raw' | 'names'>>;

/** What kind of edit it is, by every name that it may be looked up under. */
function judge(view: string, edit: ViewEdit): Judged {
  const { start, end, text, lexicon, near = false } = edit;
  const type = classifyEdit(view.slice(start, end), text, { left: view.slice(0, start), right: view.slice(end) });
  const style = isStyle(view, edit);
  const names = kindNames({ type, form: editForm(view, edit), lexicon, near, style });
  return { ...edit, type, names, raw: edit.confidence, ...(style ? { style } : {}) };
}

/** One sentence's edits that are sure enough, as corrections of the document. */
function corrections(
  sentence: Sentence,
  edits: readonly SentenceEdit[],
  params: CorrectParams,
  context: TaskContext,
  dictionary: ReadonlySet<string>,
  ownWords: () => OwnWords,
): Correction[] {
  const { correct: thresholds } = context.model.manifest.thresholds;
  const list: Correction[] = [];
  for (const edit of edits) {
    if (params.ignoredTypes?.includes(edit.type)) continue;
    if (edit.style && !showsStyle(params)) continue;
    if (edit.confidence < leastConfidence(params, thresholds, edit.names ?? [])) continue;
    if (edit.type === 'spelling' && dictionary.has(sentence.text.slice(edit.start, edit.end).toLowerCase())) continue;
    if ((edit.type === 'spelling' || edit.type === 'casing') && ownWords().covers(sentence.text, edit)) continue;
    const correction = toCorrection(sentence, edit);
    if (correction) list.push(correction);
  }
  return list;
}

function withoutOverlaps(list: Correction[]): Correction[] {
  return resolveOverlaps(
    list.map((correction) => ({
      start: correction.startIndex,
      end: correction.endIndex,
      confidence: correction.confidence,
      correction,
    })),
  ).map(({ correction }) => correction);
}

/** undefined when the edit touches protected text or markup that the view leaves out. */
function toCorrection(sentence: Sentence, edit: SentenceEdit): Correction | undefined {
  const target = editToSource(sentence, edit.start, edit.end, edit.text);
  if (!target) return undefined;
  return {
    startIndex: target.start,
    endIndex: target.end,
    correction: target.text,
    type: edit.type,
    confidence: edit.confidence,
    explanation: explainEdit(edit.type, sentence.text.slice(edit.start, edit.end), edit.text),
    lexicon: edit.lexicon,
    ...(edit.raw === undefined ? {} : { raw: edit.raw }),
    ...(edit.names ? { keys: edit.names } : {}),
    ...(edit.settled ? { settled: true } : {}),
    ...(edit.style ? { style: true } : {}),
  };
}

function apply(text: string, list: readonly Correction[]): string {
  return applyEdits(
    text,
    list.map(({ startIndex, endIndex, correction }) => ({ start: startIndex, end: endIndex, text: correction })),
  );
}

/**
 * Confidence of a listed misspelling when no model can judge the context: codespell's precision on JFLEG is 91 %, of
 * words with several corrections the first is right less often. Below every high-confidence threshold on purpose.
 */
const listedConfidence = 0.85;
const ambiguousConfidence = 0.6;

/** The fallback without a model: what the lexical prior lists, nothing else. */
export async function correctByLexicon(
  lexicon: Lexicon,
  reader: DocumentReader,
  params: CorrectParams,
  signal?: AbortSignal,
): Promise<CorrectResult> {
  const started = performance.now();
  const dictionary = new Set((params.dictionary ?? []).map((word) => word.toLowerCase()));
  const pace = pacer(signal);
  const list: Correction[] = [];
  for (const sentence of readSentences(reader, params, params.ignoredSentences)) {
    const edits: SentenceEdit[] = listedMatches(sentence.text, lexicon, {
      dictionary,
      protected: protectedRangesOf(sentence),
    })
      .map(({ start, end, candidates }) => ({
        start,
        end,
        text: candidates[0]!,
        lexicon: true,
        confidence: candidates.length === 1 ? listedConfidence : ambiguousConfidence,
      }))
      .map((edit) => judge(sentence.text, edit));
    for (const edit of resolveOverlaps(edits)) {
      if (params.ignoredTypes?.includes(edit.type) || edit.confidence < (params.threshold ?? 0)) continue;
      const correction = toCorrection(sentence, edit);
      if (correction) list.push(correction);
    }
    await pace();
  }
  return { corrections: list, output: apply(params.text, list), milliseconds: performance.now() - started, passes: 0 };
}
