/**
 * One sentence: its text -> tokens -> decoder -> edits of the view, each with its kind and how sure it is. A sentence's
 * edits are cached before thresholds and document offsets come in.
 */
import type { TokenEdit } from '../../../decode/decoder';
import type { NgramTable } from '../../../decode/lattice/ngram-table';
import { isVetoed } from '../../../decode/edit/ngram-veto';
import { defaultMinimumEditProbability } from '../../../decode/edit/proposals';
import { presetOf } from '../../../protocol/effort';
import type { CorrectParams, CorrectionLevel, DialectChoice } from '../../../protocol/requests';
import type { DecodeOptions, DecoderName } from '../../../protocol/trace';
import { classifyEdit } from '../../../english/judge/classify';
import { editForm } from '../../../english/judge/edit-form';
import type { Sentence } from '../../../text/types';
import { cacheKey } from '../../cache';
import { type TaskContext } from '../../task-context';
import { InputError } from '../../errors';
import { isPlausible, type Place } from '../../../english/judge/guards';
import { nearestListed } from '../../../english/judge/nearest-listed';
import { isStyle } from '../../../english/judge/style';
import { inDialect } from '../../../english/prior/dialect';
import { cut, prepare, windows } from '../../document/prepare';
import { runDecoder, untilTheEnd } from '../../run-decoder';
import { lookUpRangesOf } from '../../../english/prior/look-up-guards';
import type { Lexicon } from '../../../english/prior/lexicon';
import { findAll, type Candidate } from '../../../english/prior/prior';
import { withSettledWords } from '../../../english/prior/settled-words';
import type { SentenceEdit } from '../../../english/sentence-edit';
import { keepFirstCopy, rewritingEdits, viewEdits, type ViewEdit } from '../../document/sentence-edits';
import { editableText, layoutOf, type PlacedSentence } from '../../document/requested-sentences';
import { joined, mended, draftEdits } from './second-reading';
import { calibrated, kindNames, leastErrorProbability, nearForm } from './thresholds';

/** Less is noise that takes the fill pass's context away from the sure edits. */
const leastProposal = 0.1;
/** Who lowers the threshold below this goes without the sentence gate (`leastErrorProbability`). */
const gatedThreshold = 0.5;

/** Decoder, options and words that every sentence of a request is read with. */
export interface Setup {
  decoder: DecoderName;
  options: DecodeOptions;
  /** Small letters. */
  dictionary: ReadonlySet<string>;
  dialect: DialectChoice;
  level: CorrectionLevel;
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
  const { level = 'balanced' } = params;
  const how = [decoder, JSON.stringify(options), dialect, level, words];
  const key = cacheKey(manifest.name, manifest.version, dtype, device, ...how);
  return { decoder, options, dictionary, dialect, level, key, sentenceKeys: new Map() };
}

/** Everything that one sentence's edits can depend on. */
export function keyOf({ key, sentenceKeys }: Setup, { sentence, place }: PlacedSentence): string {
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
  const first = await decodeSentence(context, placed, setup);
  const edits = await readAgain(context, placed, first, setup);
  context.caches.corrections.set(key, edits);
  return edits;
}

/** The edits of a first reading with those that show once the sure ones are made. */
async function readAgain(
  context: TaskContext,
  { sentence, place }: PlacedSentence,
  first: SentenceEdit[],
  setup: Setup,
): Promise<SentenceEdit[]> {
  const sure = draftEdits(sentence, first, setup.level, context.model.manifest.thresholds.correct);
  if (sure.length === 0) return first;
  const { sentence: draft, original } = mended(sentence, sure);
  // What the panel shows is the run on the writer's sentence.
  const quiet = { ...context };
  delete quiet.onStep;
  const second = await decodeSentence(quiet, { sentence: draft, place }, setup);
  return joined(
    first,
    second.flatMap((edit) => original(edit) ?? []),
  );
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
      const judged = judge(sentence.text, { ...kept, lexicon: kept.lexicon && !isNear, near: isNear }, context.lexicon);
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
export function judge(view: string, edit: ViewEdit, lexicon: Lexicon): Judged {
  const { start, end, text } = edit;
  const near = edit.near ? nearForm(view.slice(start, end), text, lexicon.wordCount(text.trim())) : undefined;
  const type = classifyEdit(view.slice(start, end), text, { left: view.slice(0, start), right: view.slice(end) });
  const style = isStyle(view, edit);
  const names = kindNames({
    type,
    form: editForm(view, edit),
    lexicon: edit.lexicon,
    style,
    ...(near ? { near } : {}),
  });
  return { ...edit, type, names, raw: edit.confidence, ...(style ? { style } : {}) };
}
