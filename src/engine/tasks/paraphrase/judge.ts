/** The one yardstick for every candidate of a paraphrase, and how strict it is by where the candidate comes from. */
import type { Cache } from '../../../decode/network';
import { contentSupport } from '../../../english/judge/meaning';
import {
  bringsOnlyNewWords,
  changesContent,
  mixesWords,
  removesOnlyFillers,
  repeatsItself,
  sameWords,
} from '../../../english/judge/rewording-guards';
import { isSoundRewrite } from '../../../english/judge/sound-rewrite';
import type { ParaphraseOrigin } from '../../../protocol/requests';
import { type ParaphraseMode, paraphraseModes } from '../../../protocol/tasks';
import { editToSource } from '../../../protocol/source-map';
import { wordEdits } from '../../../protocol/word-edits';
import type { Sentence, TextEdit } from '../../../text/types';
import { windowTokens, type Prepared } from '../../document/prepare';
import { changedNeighbourhood, changedTokens, editPressure, scoreMasked } from '../../scoring';
import type { TaskContext } from '../../task-context';

/**
 * Mean log-probability of the changed tokens below which a candidate is not offered, by where it comes from: the phrase
 * list and the rules were read by people (a form, contracted or written out, is one of them that is not mixed with the
 * others, and what is listed says the same anywhere), a word was chosen by the network before it saw the writer's,
 * edits change a few words of a sentence that stands, a rewriting has nothing to hold on to.
 */
const leastScores = { phrase: -8, rule: -13, form: -10, listed: -13, word: -9, edit: -1.5, rewriting: -0.9 };
/** Where a candidate comes from. */
export type Origin = keyof typeof leastScores;
/**
 * P(something is wrong) that the corrector may see in a candidate; a sentence that looks worse before may look a
 * little worse after.
 */
const mostPressure = { phrase: 0.8, rule: 0.8, form: 0.8, listed: 0.8, word: 0.5, edit: 0.25, rewriting: 0.25 };
const pressureSlack = { phrase: 0.15, rule: 0.15, form: 0.15, listed: 0.15, word: 0.05, edit: 0.05, rewriting: 0.05 };

/** Share of the source's content words that must come back (fewer: be left); a listed phrase is read as a whole. */
const leastKept = { usual: 0.5, fewer: 0.4, listed: 0.3 };

/** What a reader is told: a form is a rule's; words, edits and rewritings are the network's. */
const shownOrigins: Readonly<Record<Origin, ParaphraseOrigin>> = {
  phrase: 'phrase',
  rule: 'rule',
  form: 'rule',
  listed: 'phrase',
  word: 'network',
  edit: 'network',
  rewriting: 'network',
};

export interface Candidate {
  /** View text. */
  text: string;
  edits: TextEdit[];
  score: number;
  origin: ParaphraseOrigin;
}

/** Changes that people read before they were put into a table. */
export const isListed = (origin: Origin): boolean =>
  origin === 'phrase' || origin === 'rule' || origin === 'word' || origin === 'listed';

/** Of several changes in one text the one that needs the strictest judge. */
export const originOfAll = (origins: readonly Origin[]): Origin =>
  (['edit', 'word', 'phrase', 'listed'] as const).find((origin) => origins.includes(origin)) ?? 'rule';

/** Pressure that a candidate may be under, from the sentence's own. */
export const allowedPressure = (origin: Origin, pressure: number): number =>
  Math.max(mostPressure[origin], Math.min(0.95, pressure + pressureSlack[origin]));

/** The candidate with its source edits and score, or undefined when a guard refuses it. */
export async function judge(
  context: TaskContext,
  sentence: Sentence,
  { source }: Prepared,
  past: Cache,
  text: string,
  { mode, origin, pressure: ofSource }: { mode: ParaphraseMode; origin: Origin; pressure: number },
): Promise<Candidate | undefined> {
  const view = sentence.text;
  const shortens = paraphraseModes[mode].aim === 'fewer';
  if (
    sameWords(text, view) ||
    ((origin === 'edit' || origin === 'rewriting') && !changesContent(text, view)) ||
    repeatsItself(text, view) ||
    text.includes('\ufffd')
  )
    return undefined;
  if ((origin === 'word' || origin === 'listed') && mixesWords(view, text)) return undefined;
  if (shortens && text.length >= view.length) return undefined;
  if (
    (origin === 'edit' || origin === 'rewriting') &&
    (!removesOnlyFillers(view, text) || !bringsOnlyNewWords(view, text, (word) => context.lexicon.wordCount(word) > 0))
  )
    return undefined;
  if (
    !isSoundRewrite(view, text, context.lexicon) ||
    contentSupport(text, view) < leastKept[isListed(origin) ? 'listed' : shortens ? 'fewer' : 'usual']
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
  if (pressure > allowedPressure(origin, ofSource)) return undefined;
  // Over all tokens, as the decoders score: of two equally likely changes the smaller one comes first.
  return { text, edits, score: (score * places.length) / ids.length, origin: shownOrigins[origin] };
}
