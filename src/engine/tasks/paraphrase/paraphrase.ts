/**
 * Paraphrase: several ways to say each sentence differently, every one of them guarded.
 *
 * Candidates come from five sources: the phrase list, general rewriting rules, words that the network chooses, edits of
 * the sentence (delete, place, fill) with more and more liberal keep biases, and the chosen decoder writing the
 * sentence anew. All are judged by the same yardstick (the network's probability of the changed tokens) and must keep
 * the meaning and every protected span. Fewer candidates, or none, rather than a bad one.
 */
import { sameWords } from '../../../english/judge/rewording-guards';
import { writtenOut } from '../../../english/rewrite/contractions';
import { refusals } from '../../../protocol/refusals';
import type { ParaphraseParams, ParaphraseResult } from '../../../protocol/requests';
import { defaultSettings } from '../../../protocol/settings';
import { paraphraseModes } from '../../../protocol/tasks';
import type { Sentence } from '../../../text/types';
import { prepare, windowTokens } from '../../document/prepare';
import { readSentences } from '../../document/requested-sentences';
import { InputError } from '../../errors';
import { editPressure, encodeSource } from '../../scoring';
import { pacer, type TaskContext } from '../../task-context';
import { allTogether, combine } from './combine';
import { judge, originOfAll, type Candidate, type Origin } from './judge';
import { decodedProposals, tableProposals } from './proposed-texts';

/** A candidate of "shorter" has at most this share of the source's letters. */
const longestShare = 0.9;

/** @throws InputError when the range holds no prose; CancelledError; RuntimeError */
export async function paraphrase(context: TaskContext, params: ParaphraseParams): Promise<ParaphraseResult> {
  const started = performance.now();
  const found = readSentences(context.caches.reader, params);
  if (found.length === 0) throw new InputError(refusals.nothingToRewrite);
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

async function candidatesOf(
  context: TaskContext,
  sentence: Sentence,
  params: ParaphraseParams,
  most: number,
): Promise<Candidate[]> {
  const { task, aim } = paraphraseModes[params.mode];
  const { tokenizer } = context.model;
  const prepared = prepare(sentence, task, tokenizer);
  if (prepared.source.ids.length === 0 || prepared.source.ids.length > windowTokens) return [];
  const origins = await tableProposals(context, sentence, prepared, params);
  const past = await encodeSource(context.network, prepared.source);
  const pressure = await editPressure(context.network, prepared.source);
  const judged = (text: string, origin: Origin): Promise<Candidate | undefined> =>
    judge(context, sentence, prepared, past, text, {
      mode: params.mode,
      origin,
      pressure,
    });
  const accepted: Candidate[] = [];
  const accept = async (proposed: ReadonlyMap<string, Origin>): Promise<void> => {
    for (const [text, origin] of proposed) {
      const candidate = await judged(text, origin);
      if (candidate) accepted.push(candidate);
    }
  };
  await accept(origins);
  // Where the tables have an answer the decoders hardly add one; what can be left out they see more often.
  const wanted = aim === 'fewer' ? most : 1;
  const enough = distinct(accepted.filter(({ text }) => origins.get(text) !== 'form')).length >= wanted;
  if (!enough) {
    const decoded = await decodedProposals(context, sentence, prepared, params);
    const news = new Map([...decoded].filter(([text]) => !origins.has(text)));
    news.forEach((origin, text) => origins.set(text, origin));
    await accept(news);
  }
  // What people read comes before what the network made up, and the other form of "do not" last.
  const rank = ({ text }: Candidate): number =>
    ({ phrase: 0, rule: 0, word: 0, edit: 1, rewriting: 1, listed: 2, form: 3 })[origins.get(text)!];
  accepted.sort((a, b) => rank(a) - rank(b) || b.score - a.score);
  // Somebody who asks for another wording wants all of it: the changes that passed one by one, together, come first.
  const parts = accepted.filter(({ text }) => !['rewriting', 'form', 'listed'].includes(origins.get(text)!));
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
      (aim !== 'fewer' || text.length <= longestShare * sentence.text.length) &&
      (aim !== 'other' || !sameWords(plainForm(text), plainForm(sentence.text))),
  );
  return distinct(offered).slice(0, most);
}

/** Without contractions, for comparing. */
const plainForm = (text: string): string => writtenOut(text) ?? text;

/** Best first, without near copies of a better one. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates)
    if (!kept.some((other) => sameWords(other.text, candidate.text))) kept.push(candidate);
  return kept;
}
