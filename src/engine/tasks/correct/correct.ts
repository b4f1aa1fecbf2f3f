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
import { isCode } from '../../../protocol/formats';
import { presetOf } from '../../../protocol/effort';
import type {
  CorrectParams,
  CorrectResult,
  Correction,
  DialectChoice,
  SentenceFailure,
} from '../../../protocol/requests';
import type { DecodeOptions, DecoderName } from '../../../protocol/trace';
import { classifyEdit } from '../../../english/judge/classify';
import { editForm } from '../../../english/judge/edit-form';
import type { Sentence } from '../../../text/types';
import { withoutPlaces } from '../../../protocol/remark-place';
import { cacheKey } from '../../cache';
import { pacer, type TaskContext } from '../../task-context';
import { CancelledError, InputError, ModelError, RuntimeError, messageOf } from '../../errors';
import { isPlausible, type Place } from '../../../english/judge/guards';
import { nearestListed } from '../../../english/judge/nearest-listed';
import { isStyle } from '../../../english/judge/style';
import { inDialect } from '../../../english/prior/dialect';
import { OwnWords } from '../../document/own-words';
import { cut, prepare, windows } from '../../document/prepare';
import { runDecoder, untilTheEnd } from '../../run-decoder';
import { lookUpRangesOf } from '../../../english/prior/look-up-guards';
import { findAll, type Candidate } from '../../../english/prior/prior';
import { withSettledWords } from '../../../english/prior/settled-words';
import type { SentenceEdit } from '../../../english/sentence-edit';
import { keepFirstCopy, rewritingEdits, viewEdits, type ViewEdit } from '../../document/sentence-edits';
import { editableText, layoutOf, requestedProse, type PlacedSentence } from '../../document/requested-sentences';
import { applyCorrections, inDocumentOrder, offered } from './offered';
import { showsUnknown, unknownIn } from './unknown';
import { calibrated, kindNames, leastErrorProbability, nearForm } from './thresholds';

/**
 * While somebody types, this many changed sentences next to the cursor are urgent; the rest
 * waits behind other requests.
 */
const urgentSentences = 8;
const partialMilliseconds = 250;
/** Less is noise that takes the fill pass's context away from the sure edits. */
const leastProposal = 0.1;
/** Who lowers the threshold below this goes without the sentence gate (`leastErrorProbability`). */
const gatedThreshold = 0.5;

/** @throws CancelledError, InputError (text too long), RuntimeError */
export async function correct(context: TaskContext, params: CorrectParams): Promise<CorrectResult> {
  const { focus } = context;
  const started = performance.now();
  const { sentences, unread, foreign } = requestedProse(context.caches.reader, params, params.ignoredSentences);
  const failures: SentenceFailure[] = [];
  const setup = setupOf(context, params);
  const found: SentenceEdit[][] = sentences.map(() => []);
  let own: OwnWords | undefined;
  // The document is read for its own words only when an edit may be one of them: most texts have none.
  const ownWords = (): OwnWords =>
    (own ??= new OwnWords(params.text, context.caches.reader.read(params.text, params.format), isCode(params.format)));
  const { dictionary } = setup;
  const choice = { params, thresholds: context.model.manifest.thresholds.correct, dictionary, ownWords };
  const collect = (): Correction[] =>
    withoutPlaces(
      params.text,
      inDocumentOrder(sentences.flatMap(({ sentence }, index) => offered(sentence, found[index]!, choice))),
      params.ignoredRemarks,
    );
  const pace = pacer(context.signal);
  let latestPartial = started;
  let decoded = 0;
  let done = 0;
  let hasTold = false;
  for (const index of nearestFirst(sentences, focus)) {
    const placed = sentences[index]!;
    let edits = context.caches.corrections.get(keyOf(setup, placed));
    if (!edits) {
      if (++decoded > urgentSentences && context.network.priority === 'typing') context.network.priority = 'background';
      try {
        edits = await editsOfSentence(context, placed, setup);
      } catch (error) {
        if (!isOfOneSentence(error)) throw error;
        const { start, end } = placed.sentence;
        failures.push({ startIndex: start, endIndex: end, message: messageOf(error) });
      }
    }
    found[index] = edits ?? [];
    done++;
    await pace();
    context.onProgress?.(done, sentences.length);
    if (!context.onPartial || decoded <= urgentSentences) continue;
    // What is found first is told at once: until then an open document looks as if it had no errors.
    const isFirst: boolean = !hasTold && offered(placed.sentence, found[index], choice).length > 0;
    if (!isFirst && performance.now() - latestPartial <= partialMilliseconds) continue;
    latestPartial = performance.now();
    hasTold ||= isFirst;
    context.onPartial(collect());
  }
  const list = collect();
  const unknown = showsUnknown(params)
    ? unknownIn(context.lexicon, sentences, list, { dictionary, ownWords, types: params.ignoredTypes })
    : [];
  return {
    corrections: list,
    output: applyCorrections(params.text, list),
    highConfidence: context.model.manifest.thresholds.correct.highConfidence,
    ...(failures.length > 0 ? { failures } : {}),
    ...(unread.length > 0 ? { unread } : {}),
    ...(foreign.length > 0 ? { foreign } : {}),
    ...(unknown.length > 0 ? { unknownWords: unknown } : {}),
    milliseconds: performance.now() - started,
    passes: context.network.passes,
  };
}

/**
 * One sentence that fails takes no other with it; what every sentence would meet, and what the caller asked for, does.
 */
export function isOfOneSentence(error: unknown): boolean {
  return !(
    error instanceof CancelledError ||
    error instanceof ModelError ||
    error instanceof RuntimeError ||
    error instanceof InputError
  );
}

/** Indices in the order of work: by distance from the writer. */
function nearestFirst(sentences: readonly PlacedSentence[], focus: number | undefined): number[] {
  const order = sentences.map((_, index) => index);
  if (focus === undefined) return order;
  const distance = ({ sentence: { start, end } }: PlacedSentence): number =>
    focus < start ? start - focus : focus > end ? focus - end : 0;
  return order.sort((a, b) => distance(sentences[a]!) - distance(sentences[b]!) || a - b);
}

/** Decoder, options and words that every sentence of a request is read with. */
export interface Setup {
  decoder: DecoderName;
  options: DecodeOptions;
  /** Small letters. */
  dictionary: ReadonlySet<string>;
  dialect: DialectChoice;
  /** Of all this and the model. */
  key: string;
  /** Keys of sentences of this request: making one costs more than all else about a sentence that is known. */
  sentenceKeys: Map<string, string>;
}

export function setupOf(
  { model: { manifest, dtype, device } }: TaskContext,
  params: Pick<CorrectParams, 'decoder' | 'options' | 'threshold' | 'level' | 'dictionary' | 'dialect'>,
): Setup {
  const { decoder, passes } = presetOf('correct', { decoder: params.decoder, passes: params.options?.passes });
  const options: DecodeOptions = {
    passes,
    // A caller who wants to see unsure edits gets them proposed; one value, so that a moving
    // threshold finds the cache full.
    ...((params.threshold ?? 1) < defaultMinimumEditProbability ? { minimumEditProbability: leastProposal } : {}),
    ...((params.threshold ?? 1) < gatedThreshold
      ? {}
      : { minimumErrorProbability: leastErrorProbability[params.level ?? 'balanced'] }),
    ...params.options,
  };
  const dictionary = new Set((params.dictionary ?? []).map((word) => word.toLowerCase()));
  const { dialect = 'either' } = params;
  const words = [...dictionary].sort().join('\n');
  const how = [decoder, JSON.stringify(options), dialect, words];
  const key = cacheKey(manifest.name, manifest.version, dtype, device, ...how);
  return { decoder, options, dictionary, dialect, key, sentenceKeys: new Map() };
}

/** Everything that one sentence's edits can depend on. */
function keyOf({ key, sentenceKeys }: Setup, { sentence, place }: PlacedSentence): string {
  const places = [place.startsBlock, place.endsBlock, place.goesOn].map(Number);
  const parts = [sentence.block, ...places, layoutOf(sentence)];
  // No part before the text holds a line break.
  const all = [...parts, sentence.text].join('\n');
  let known = sentenceKeys.get(all);
  if (known === undefined) sentenceKeys.set(all, (known = cacheKey(key, sentence.text, ...parts)));
  return known;
}

/** All edits of one sentence, sure or not, as a correction would see them; from the cache where it has them. */
export async function editsOfSentence(
  context: TaskContext,
  placed: PlacedSentence,
  setup: Setup,
): Promise<SentenceEdit[]> {
  const key = keyOf(setup, placed);
  const known = context.caches.corrections.get(key);
  if (known) return known;
  const edits = await decodeSentence(context, placed, setup);
  context.caches.corrections.set(key, edits);
  return edits;
}

async function decodeSentence(
  context: TaskContext,
  { sentence, place }: PlacedSentence,
  { decoder, options, dictionary, dialect }: Setup,
): Promise<SentenceEdit[]> {
  // A table cell that holds a number or a piece of code: nothing in it can be edited.
  if (!/\p{L}/u.test(editableText(sentence))) return [];
  const { tokenizer } = context.model;
  const veto = options.ngramVeto ? vetoTable(context) : undefined;
  const candidates = findAll(sentence, context.lexicon, dictionary);
  const { encoding, source } = prepare(sentence, 'fix', tokenizer, candidates);
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
    candidates,
    whole ?? viewEdits(sentence.text, encoding, tokenEdits, tokenizer),
    place,
  );
  const lookUp = { dictionary, ...lookUpRangesOf(sentence) };
  const settled = withSettledWords(sentence.text, edits, candidates).filter((edit) =>
    isPlausible(sentence, edit, place, context.lexicon),
  );
  return inDialect(sentence.text, settled, context.lexicon.dialects, dialect, lookUp);
}

/** Edits with their kinds, without those that are wrong or a matter of taste whatever the model says. */
export function plausibleEdits(
  context: TaskContext,
  sentence: Sentence,
  candidates: readonly Candidate[],
  edits: readonly ViewEdit[],
  place: Place,
): SentenceEdit[] {
  const { confidence } = context.model.manifest;
  // Near words are offered to the network like listed ones, but their edits are not backed by the lists.
  const near = candidates.filter(({ origin }) => origin === 'near');
  return edits
    .map((edit) => {
      const kept = nearestListed(sentence.text, keepFirstCopy(sentence.text, edit), candidates);
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
export function judge(view: string, edit: ViewEdit): Judged {
  const { start, end, text, lexicon } = edit;
  const near = edit.near ? nearForm(view.slice(start, end), text) : undefined;
  const type = classifyEdit(view.slice(start, end), text, { left: view.slice(0, start), right: view.slice(end) });
  const style = isStyle(view, edit);
  const names = kindNames({ type, form: editForm(view, edit), lexicon, style, ...(near ? { near } : {}) });
  return { ...edit, type, names, raw: edit.confidence, ...(style ? { style } : {}) };
}
