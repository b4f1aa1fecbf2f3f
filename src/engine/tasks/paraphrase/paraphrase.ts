/**
 * Paraphrase: several ways to say each sentence differently, every one of them guarded.
 *
 * Candidates come from five sources: the phrase list, general rewriting rules, words that the network chooses, edits of
 * the sentence (delete, place, fill) with more and more liberal keep biases, and the chosen decoder writing the
 * sentence anew. All are judged by the same yardstick (the network's probability of the changed tokens) and must keep
 * the meaning and every protected span. Fewer candidates, or none, rather than a bad one.
 */
import type { Cache } from '../../../decode/network';
import { presetOf } from '../../../protocol/effort';
import type {
  ParaphraseCandidate,
  ParaphraseMode,
  ParaphraseOrigin,
  ParaphraseParams,
  ParaphraseResult,
} from '../../../protocol/requests';
import { defaultSettings } from '../../../protocol/settings';
import type { DecodeOptions, DecoderName } from '../../../protocol/trace';
import { applyEdits, wordEdits } from '../../../protocol/word-edits';
import { paraphraseModes } from '../../../protocol/tasks';
import { contentStems, contentSupport } from '../../../english/judge/meaning';
import { isSoundRewrite, withFittingArticles } from '../../../english/judge/sound-rewrite';
import { editToSource } from '../../../protocol/source-map';
import type { Sentence, TextEdit } from '../../../text/types';
import { pacer, type TaskContext } from '../../task-context';
import { InputError } from '../../errors';
import { prepare, windowTokens, type Prepared } from '../../document/prepare';
import { runDecoder, untilTheEnd } from '../../run-decoder';
import { changedNeighbourhood, changedTokens, editPressure, encodeSource, scoreMasked } from '../../scoring';
import { viewEdits } from '../../document/sentence-edits';
import { readSentences } from '../../document/requested-sentences';
import { protectedRangesOf } from '../../../english/prior/look-up-guards';
import { otherWords } from './word-choices';
import { manner, rewrites, withContractions, writtenOut } from '../../../english/rewrite/rewrites';

/** Offsets on the keep logit: as trained, then ever more willing to change. */
const keepBiases = [0, -1, -2.5];
/**
 * Mean log-probability of the changed tokens below which a candidate is not offered, by where it comes from: the phrase
 * list and the rules were read by people (a form, contracted or written out, is one of them that is not mixed with the
 * others), a word was chosen by the network before it saw the writer's, edits change a few words of a sentence that
 * stands, a rewriting has nothing to hold on to.
 */
const leastScores = { phrase: -8, rule: -10, form: -10, word: -9, edit: -1.5, rewriting: -0.9 };
type Origin = keyof typeof leastScores;
/**
 * P(something is wrong) that the corrector may see in a candidate; a sentence that looks worse before may look a
 * little worse after.
 */
const mostPressure = { phrase: 0.8, rule: 0.8, form: 0.8, word: 0.5, edit: 0.25, rewriting: 0.25 };
const pressureSlack = { phrase: 0.15, rule: 0.15, form: 0.15, word: 0.05, edit: 0.05, rewriting: 0.05 };
/** Least confidence of one edit; what is only removed or only inserted has no fill that could vouch for it. */
const leastConfidence = { replaced: 0.5, other: 0.7 };
/** Share of the source's content words that must come back (shorter: be left); a listed phrase is read as a whole. */
const leastKept = { rephrase: 0.5, simpler: 0.5, shorter: 0.4, listed: 0.3 };

/** What a reader is told: a form is a rule's; words, edits and rewritings are the network's. */
const shownOrigins: Readonly<Record<Origin, ParaphraseOrigin>> = {
  phrase: 'phrase',
  rule: 'rule',
  form: 'rule',
  word: 'network',
  edit: 'network',
  rewriting: 'network',
};
/** A candidate of "shorter" has at most this share of the source's letters. */
const longestShare = 0.9;

interface Candidate {
  /** View text. */
  text: string;
  edits: TextEdit[];
  score: number;
  origin: ParaphraseOrigin;
}

/** @throws InputError when the range holds no prose; CancelledError; RuntimeError */
export async function paraphrase(context: TaskContext, params: ParaphraseParams): Promise<ParaphraseResult> {
  const started = performance.now();
  const found = readSentences(context.caches.reader, params);
  if (found.length === 0)
    throw new InputError(
      'There is no sentence to paraphrase here: the text is empty, holds only code and markup, or is not in English.',
    );
  const most = params.candidates ?? defaultSettings.paraphrase.candidates;
  const startIndex = found[0]!.start;
  const endIndex = found[found.length - 1]!.end;
  const pace = pacer(context.signal);
  const perSentence: Candidate[][] = [];
  for (const [index, sentence] of found.entries()) {
    // In a longer text headings and table cells are names more than sentences.
    const isName = found.length > 1 && (sentence.block === 'heading' || sentence.block === 'table-cell');
    perSentence.push(isName ? [] : await candidatesOf(context, sentence, params, most));
    context.onProgress?.(index + 1, found.length);
    await pace();
  }
  const candidates = combine(params.text, startIndex, endIndex, perSentence, most);
  return {
    startIndex,
    endIndex,
    candidates,
    milliseconds: performance.now() - started,
    passes: context.network.passes,
  };
}

/** The k-th candidate of the whole takes each sentence's k-th best, or its best when there are fewer. */
function combine(
  text: string,
  start: number,
  end: number,
  perSentence: readonly Candidate[][],
  most: number,
): ParaphraseCandidate[] {
  const rounds = Math.min(most, Math.max(0, ...perSentence.map((list) => list.length)));
  const combined: ParaphraseCandidate[] = [];
  for (let round = 0; round < rounds; round++) {
    const chosen = perSentence.map((list) => list[round] ?? list[0]).filter((candidate) => candidate !== undefined);
    const edits = chosen.flatMap((candidate) => candidate.edits);
    const inside = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const result = applyEdits(text.slice(start, end), inside);
    const score = chosen.reduce((sum, candidate) => sum + candidate.score, 0) / chosen.length;
    const origin = (['network', 'phrase'] as const).find((one) => chosen.some((candidate) => candidate.origin === one));
    if (!combined.some((other) => other.text === result))
      combined.push({ text: result, edits, score, origin: origin ?? 'rule' });
  }
  return combined;
}

async function candidatesOf(
  context: TaskContext,
  sentence: Sentence,
  params: ParaphraseParams,
  most: number,
): Promise<Candidate[]> {
  const task = paraphraseModes[params.mode].task;
  const { tokenizer } = context.model;
  const prepared = prepare(sentence, task, tokenizer);
  if (prepared.source.ids.length === 0 || prepared.source.ids.length > windowTokens) return [];
  const around = manner(params.text.slice(0, sentence.start) + params.text.slice(sentence.end));
  const contracts = around === 'contracted' || manner(sentence.text) === 'contracted';
  /** Articles fit what now stands behind them; a phrase's contraction is written out where the text has none. */
  const fitted = (text: string, origin: Origin): string =>
    withFittingArticles(sentence.text, contracts || origin === 'form' ? text : (writtenOut(text) ?? text));
  const origins = new Map<string, Origin>();
  const propose = (origin: Origin, texts: readonly string[]): void => {
    for (const proposed of texts) {
      const text = fitted(proposed, origin);
      if (!origins.has(text)) origins.set(text, origin);
    }
  };
  propose('phrase', phraseTexts(context, sentence));
  propose('word', await otherWords(context, sentence, prepared.source.ids, params.mode));
  propose('rule', rewrites(sentence.text, params.mode));
  // A candidate that differs in contractions alone is another wording only where forms were asked for.
  if (params.mode !== 'rephrase')
    for (const [text, usual] of [
      [withContractions(sentence.text), around === 'contracted'],
      [writtenOut(sentence.text), around === 'written out'],
    ] as const)
      if (text !== undefined) propose(usual ? 'rule' : 'form', [text]);
  propose('edit', await editedTexts(context, sentence, prepared));
  propose('rewriting', await rewrittenTexts(context, prepared, params.decoder, params.options));
  if (origins.size === 0) return [];
  const past = await encodeSource(context.network, prepared.source);
  const pressure = await editPressure(context.network, prepared.source);
  const judged = (text: string, origin: Origin): Promise<Candidate | undefined> =>
    judge(context, sentence, prepared, past, text, {
      mode: params.mode,
      origin,
      allowedPressure: Math.max(mostPressure[origin], Math.min(0.8, pressure + pressureSlack[origin])),
    });
  const accepted: Candidate[] = [];
  for (const [text, origin] of origins) {
    const candidate = await judged(text, origin);
    if (candidate) accepted.push(candidate);
  }
  // What people read comes before what the network made up, and the other form of "do not" last.
  const rank = ({ text }: Candidate): number =>
    ({ phrase: 0, rule: 0, word: 0, edit: 1, rewriting: 1, form: 2 })[origins.get(text)!];
  accepted.sort((a, b) => rank(a) - rank(b) || b.score - a.score);
  // Somebody who asks for another wording wants all of it: the changes that passed one by one, together, come first.
  const parts = accepted.filter(({ text }) => !['rewriting', 'form'].includes(origins.get(text)!));
  const together = allTogether(
    sentence.text,
    parts.map(({ text }) => text),
  );
  const whole =
    together === undefined
      ? undefined
      : (accepted.find(({ text }) => text === together) ??
        (await judged(together, originOfAll(parts.map(({ text }) => origins.get(text)!)))));
  const offered = (whole ? [whole, ...accepted] : accepted).filter(
    ({ text }) =>
      (params.mode !== 'shorter' || text.length <= longestShare * sentence.text.length) &&
      (params.mode !== 'rephrase' || !sameWords(plainForm(text), plainForm(sentence.text))),
  );
  return distinct(offered).slice(0, most);
}

/** Without contractions, for comparing. */
const plainForm = (text: string): string => writtenOut(text) ?? text;

/** Changes that people read before they were put into a table. */
const isListed = (origin: Origin): boolean => origin === 'phrase' || origin === 'rule' || origin === 'word';

/** Of several changes in one text the one that needs the strictest judge. */
const originOfAll = (origins: readonly Origin[]): Origin =>
  (['edit', 'word', 'phrase'] as const).find((origin) => origins.includes(origin)) ?? 'rule';

/**
 * The changes of all texts on one sentence; of texts whose changes meet, the earlier one counts. undefined for a
 * single change.
 */
export function allTogether(view: string, texts: readonly string[]): string | undefined {
  const chosen: TextEdit[] = [];
  for (const text of texts) {
    const edits = wordEdits(view, text);
    // All of a text's edits or none: half of a moved clause would stand there twice.
    if (edits.every((edit) => chosen.every((other) => edit.start > other.end || edit.end < other.start)))
      chosen.push(...edits);
  }
  if (chosen.length < 2) return undefined;
  return applyEdits(
    view,
    chosen.sort((a, b) => a.start - b.start),
  );
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
      'levenshtein',
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

/** The candidate with its source edits and score, or undefined when a guard refuses it. */
async function judge(
  context: TaskContext,
  sentence: Sentence,
  { source }: Prepared,
  past: Cache,
  text: string,
  { mode, origin, allowedPressure }: { mode: ParaphraseMode; origin: Origin; allowedPressure: number },
): Promise<Candidate | undefined> {
  const view = sentence.text;
  if (
    sameWords(text, view) ||
    ((origin === 'edit' || origin === 'rewriting') && !changesContent(text, view)) ||
    repeatsItself(text, view) ||
    text.includes('\ufffd')
  )
    return undefined;
  if (mode === 'shorter' && text.length >= view.length) return undefined;
  if (
    (origin === 'edit' || origin === 'rewriting') &&
    (!removesOnlyFillers(view, text) || !bringsOnlyNewWords(view, text, (word) => context.lexicon.wordCount(word) > 0))
  )
    return undefined;
  if (
    !isSoundRewrite(view, text, context.lexicon) ||
    contentSupport(text, view) < (isListed(origin) ? leastKept.listed : leastKept[mode])
  )
    return undefined;
  const edits: TextEdit[] = [];
  for (const edit of wordEdits(view, text)) {
    // Protected text, or markup between two words: this candidate cannot be written back exactly.
    const target = editToSource(sentence, edit.start, edit.end, edit.text);
    if (!target || target.start < (edits[edits.length - 1]?.end ?? 0)) return undefined;
    edits.push(target);
  }
  const { ids } = context.model.tokenizer.encode(text);
  if (ids.length === 0 || ids.length > windowTokens) return undefined;
  const places = changedTokens(source.ids, ids);
  const score = await scoreMasked(context.network, past, ids, places);
  if (score < leastScores[origin]) return undefined;
  // What people read can be wrong only where it is put in; the doubts that the corrector has elsewhere are about the
  // writer's own words.
  const near = isListed(origin) || origin === 'form' ? changedNeighbourhood(source.ids, ids) : undefined;
  const pressure = await editPressure(
    context.network,
    { task: 'fix', ids, protected: new Uint8Array(ids.length) },
    near,
  );
  if (pressure > allowedPressure) return undefined;
  // Over all tokens, as the decoders score: of two equally likely changes the smaller one comes first.
  return { text, edits, score: (score * places.length) / ids.length, origin: shownOrigins[origin] };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Nothing but case, blanks and marks differs. */
function sameWords(left: string, right: string): boolean {
  return wordsOf(left).join(' ') === wordsOf(right).join(' ');
}

/** Words that may go without a trace. */
const filler =
  /^(?:then|please|actually|simply|really|basically|essentially|obviously|clearly|literally|certainly|definitely|truly|indeed|that)$/i;

/**
 * What is only removed has no new word by which the network could judge it, and a sentence that lost a word of weight
 * often still reads well. So of the network's own deletions only fillers pass; the phrase list and the rules know what
 * else can go.
 */
export function removesOnlyFillers(view: string, text: string): boolean {
  return wordEdits(view, text).every(
    (edit) =>
      contentStems(edit.text).length > 0 ||
      // An article or "and" in the place of a verb vouches for nothing either ("fetch & build the" -> "fetch and the").
      (edit.text.trim() !== ''
        ? contentStems(view.slice(edit.start, edit.end)).every((word) => filler.test(word))
        : wordsOf(view.slice(edit.start, edit.end)).every((word) => filler.test(word))),
  );
}

/**
 * What the network writes must be words that exist, and no word of weight that the sentence has already: "use a
 * connection for this connection".
 */
export function bringsOnlyNewWords(view: string, text: string, isKnown: (word: string) => boolean): boolean {
  const before = new Set(wordsOf(view));
  if (!wordsOf(text).every((word) => before.has(word) || isKnown(word) || !/^[a-z]+$/.test(word))) return false;
  const stems = new Set(contentStems(view));
  const count = (stem: string, of: string): number => contentStems(of).filter((other) => other === stem).length;
  return [...stems].every((stem) => count(stem, text) <= count(stem, view));
}

/** Another article or preposition alone is no other way to say something. */
function changesContent(left: string, right: string): boolean {
  return (
    contentStems(left).join(' ') !== contentStems(right).join(' ') ||
    Math.abs(wordsOf(left).length - wordsOf(right).length) > 1
  );
}

/**
 * A word or a pair of words stands twice in a row where the source has no such repetition: the typical fault of
 * parallel decoding.
 */
export function repeatsItself(text: string, before: string): boolean {
  const repeats = (words: string[]): number =>
    words.filter(
      (word, index) =>
        word === words[index - 1] || (index > 2 && word === words[index - 2] && words[index - 1] === words[index - 3]),
    ).length;
  return repeats(wordsOf(text)) > repeats(wordsOf(before));
}

/** Best first, without near copies of a better one. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates)
    if (!kept.some((other) => sameWords(other.text, candidate.text))) kept.push(candidate);
  return kept;
}
