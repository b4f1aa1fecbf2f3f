/** What is proposed for a sentence, before anything is judged: texts, each with where it comes from. */
import { withFittingArticles } from '../../../english/judge/sound-rewrite';
import { protectedRangesOf } from '../../../english/prior/look-up-guards';
import { manner, withContractions, writtenOut } from '../../../english/rewrite/contractions';
import { rewrites } from '../../../english/rewrite/rewrites';
import { decoderFor } from '../../../protocol/decoder-facts';
import { presetOf } from '../../../protocol/effort';
import type { ParaphraseParams } from '../../../protocol/requests';
import { paraphraseModes } from '../../../protocol/tasks';
import { applyEdits } from '../../../protocol/word-edits';
import type { DecodeOptions, DecoderName } from '../../../protocol/trace';
import type { Sentence, TextEdit } from '../../../text/types';
import type { Prepared } from '../../document/prepare';
import { viewEdits } from '../../document/sentence-edits';
import { runDecoder, untilTheEnd } from '../../run-decoder';
import type { TaskContext } from '../../task-context';
import type { Origin } from './judge';
import { otherWords, wordsThatFitAnywhere } from './word-choices';

/** Offsets on the keep logit: as trained, then ever more willing to change. */
const keepBiases = [0, -1, -2.5];
/** Least confidence of one edit; what is only removed or only inserted has no fill that could vouch for it. */
const leastConfidence = { replaced: 0.5, other: 0.7 };

/** Texts with where they come from, in the order in which they were proposed; a text of two sources is the first's. */
export type Proposals = Map<string, Origin>;

/** Puts texts into proposals, as the sentence wants them. */
function proposer(sentence: Sentence, params: ParaphraseParams, origins: Proposals) {
  const around = manner(params.text.slice(0, sentence.start) + params.text.slice(sentence.end));
  const contracts = around === 'contracted' || manner(sentence.text) === 'contracted';
  /** Articles fit what now stands behind them; a phrase's contraction is written out where the text has none. */
  const fitted = (text: string, origin: Origin): string =>
    withFittingArticles(sentence.text, contracts || origin === 'form' ? text : (writtenOut(text) ?? text));
  const propose = (origin: Origin, texts: readonly string[]): void => {
    for (const proposed of texts) {
      const text = fitted(proposed, origin);
      if (!origins.has(text)) origins.set(text, origin);
    }
  };
  return { around, propose };
}

/** What tables and rules say, and the words of a table that the network likes. */
export async function tableProposals(
  context: TaskContext,
  sentence: Sentence,
  prepared: Prepared,
  params: ParaphraseParams,
): Promise<Proposals> {
  const origins: Proposals = new Map();
  const { around, propose } = proposer(sentence, params, origins);
  propose('phrase', phraseTexts(context, sentence));
  propose('word', await otherWords(context, sentence, prepared.source.ids, params.mode));
  propose('rule', rewrites(sentence.text, params.mode));
  propose('listed', wordsThatFitAnywhere(context, sentence, params.mode));
  // A candidate that differs in contractions alone is another wording only where forms were asked for.
  if (paraphraseModes[params.mode].aim !== 'other')
    for (const [text, usual] of [
      [withContractions(sentence.text), around === 'contracted'],
      [writtenOut(sentence.text), around === 'written out'],
    ] as const)
      if (text !== undefined) propose(usual ? 'rule' : 'form', [text]);
  return origins;
}

/** What the decoders make of the sentence: most of all passes, so they are asked where the tables gave too few. */
export async function decodedProposals(
  context: TaskContext,
  sentence: Sentence,
  prepared: Prepared,
  params: ParaphraseParams,
): Promise<Proposals> {
  const origins: Proposals = new Map();
  const { propose } = proposer(sentence, params, origins);
  propose('edit', await editedTexts(context, sentence, prepared));
  propose('rewriting', await rewrittenTexts(context, prepared, params.decoder, params.options));
  return origins;
}

/** Each phrase of the list replaced alone, and all of them together. */
function phraseTexts(context: TaskContext, sentence: Sentence): string[] {
  const view = sentence.text;
  const matches = context.lexicon.phrases(view, { protected: protectedRangesOf(sentence) });
  const texts = matches.flatMap((match) =>
    match.candidates.map((text) => applyEdits(view, [tidyRemoval(view, { start: match.start, end: match.end, text })])),
  );
  const all: TextEdit[] = [];
  for (const match of [...matches].sort((a, b) => a.start - b.start)) {
    const edit = tidyRemoval(view, { start: match.start, end: match.end, text: match.candidates[0] ?? '' });
    if (edit.start >= (all[all.length - 1]?.end ?? 0)) all.push(edit);
  }
  return all.length > 1 ? [applyEdits(view, all), ...texts] : texts;
}

/** A removed phrase takes one of its blanks with it, and a new first word its capital. */
function tidyRemoval(view: string, edit: TextEdit): TextEdit {
  if (edit.text !== '') return edit;
  const atStart = view.slice(0, edit.start).trim() === '';
  if (!atStart) return view[edit.start - 1] === ' ' ? { ...edit, start: edit.start - 1 } : edit;
  const rest = /^[\s,]*(\p{Ll})?/u.exec(view.slice(edit.end))!;
  return { start: edit.start, end: edit.end + rest[0].length, text: (rest[1] ?? '').toUpperCase() };
}

async function editedTexts(
  context: TaskContext,
  sentence: Sentence,
  { encoding, source }: Prepared,
): Promise<string[]> {
  const texts: string[] = [];
  for (const keepBias of keepBiases) {
    const { edits = [] } = await runDecoder(
      context,
      decoderFor('fixInRounds'),
      source,
      { passes: 2, keepBias, acceptConfidence: 0.15, minimumEditProbability: 0.15 },
      context.onStep,
    );
    const changes = viewEdits(sentence.text, encoding, edits, context.model.tokenizer).filter(
      (edit) =>
        edit.confidence >=
        (edit.start < edit.end && edit.text !== '' ? leastConfidence.replaced : leastConfidence.other),
    );
    if (changes.length === 0) continue;
    texts.push(applyEdits(sentence.text, changes));
    // The surest change alone is often right where all together are too much.
    if (changes.length > 1)
      texts.push(
        ...[...changes]
          .sort((a, b) => b.confidence - a.confidence)
          .slice(0, 2)
          .map((change) => applyEdits(sentence.text, [change])),
      );
  }
  return texts;
}

async function rewrittenTexts(
  context: TaskContext,
  { source }: Prepared,
  wanted?: DecoderName,
  options?: DecodeOptions,
): Promise<string[]> {
  const { decoder, passes } = presetOf('paraphrase', { decoder: wanted, passes: options?.passes });
  const budget = untilTheEnd(decoder, { passes, ...options });
  const result = await runDecoder(context, decoder, source, { lengthBeam: 3, ...budget }, context.onStep);
  return [result, ...(result.candidates ?? [])].map(({ ids }) => context.model.tokenizer.decode(ids).trim());
}
