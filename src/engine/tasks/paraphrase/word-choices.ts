/**
 * Other words for single places of a sentence, chosen by the network: each place is masked in the source, and the words
 * that the table of synonyms allows there are compared with the writer's own, as masked language models compare words
 * (Devlin 2019). A word is taken when the network finds it about as likely in the sentence.
 */
import { findEdits } from '../../../decode/edit/token-edits';
import { sourceOffset, sourceRequest } from '../../../decode/layout';
import type { Network } from '../../../decode/network';
import { neighboursOf } from '../../../english/rewrite/collocations';
import { fitsAnywhere, wordChoices, type WordChoice } from '../../../english/rewrite/synonyms';
import { type ParaphraseAim, type ParaphraseMode, paraphraseModes } from '../../../protocol/tasks';
import type { Sentence, TextEdit } from '../../../text/types';
import { applyEdits } from '../../../protocol/word-edits';
import type { Lexicon } from '../../../english/prior/lexicon';
import { protectedRangesOf } from '../../../english/prior/look-up-guards';
import type { TaskContext } from '../../task-context';

/** Rows in one pass: enough to fill the processor, few enough that a wait for another request stays short. */
const rowsAtOnce = 16;
/**
 * Nats by which the network may prefer the writer's word: where one word changes, where several do, and where it is
 * that or nothing.
 */
const leastGain = { alone: -1.9, together: -0.6, only: -3.4 };
/** log P below which the network knows nothing of a place. */
const leastScore = -11;
/** Words that change together at most, and words that are offered alone. */
const most = { together: 3, alone: 4 };

/**
 * The sentence with one word that says the same anywhere, the network's opinion aside; none for fewer or plainer words.
 */
export function wordsThatFitAnywhere({ lexicon }: TaskContext, sentence: Sentence, mode: ParaphraseMode): string[] {
  const { aim } = paraphraseModes[mode];
  if (aim === 'fewer') return [];
  const view = sentence.text;
  return wordChoices(view, protectedRangesOf(sentence)).flatMap((place) =>
    fittingEdits(view, place, aim, lexicon)
      .filter(({ start, end, text }) => fitsAnywhere(view.slice(start, end), text))
      .map((edit) => applyEdits(view, [edit])),
  );
}

/** An edit of the view and by how much the network prefers it to the writer's word, in nats (below 0: less likely). */
export interface ScoredWord {
  edit: TextEdit;
  gain: number;
  /** log P of the new word in its place. */
  score: number;
}

/**
 * Texts that differ from the sentence in words that the network chose: those that it likes best together first, then
 * one at a time. None for fewer words, where another one saves nothing; for plainer words only commoner ones.
 */
export async function otherWords(
  { network, model, lexicon }: TaskContext,
  sentence: Sentence,
  ids: readonly number[],
  mode: ParaphraseMode,
): Promise<string[]> {
  const { aim } = paraphraseModes[mode];
  if (aim === 'fewer') return [];
  const view = sentence.text;
  const edits = wordChoices(view, protectedRangesOf(sentence)).flatMap((place) =>
    fittingEdits(view, place, aim, lexicon),
  );
  const scored = await scoredWords(network, (text) => model.tokenizer.encode(text).ids, ids, view, edits);
  const possible = scored
    .filter(({ gain, score }) => gain >= leastGain.only && score >= leastScore)
    .sort((a, b) => b.gain - a.gain);
  const liked = possible.filter(({ gain }) => gain >= leastGain.alone);
  const fitting = liked.length > 0 ? liked : possible.slice(0, 1);
  const best: TextEdit[] = [];
  for (const { edit, gain } of fitting)
    if (best.length < most.together && gain >= leastGain.together && !best.some(({ start }) => start === edit.start))
      best.push(edit);
  // A word that stands twice changes in both places: "explain it first, and explain it again".
  const changed = (chosen: readonly TextEdit[]): string => {
    const all = edits.filter((edit) => chosen.some((one) => isLike(view, one, edit)));
    return applyEdits(
      view,
      all.sort((left, right) => left.start - right.start),
    );
  };
  const together = best.length > 1 ? [changed(best)] : [];
  return [...together, ...fitting.slice(0, most.alone).map(({ edit }) => changed([edit]))];
}

/** "Set them up" and not "set up them". */
const particle = / (?:up|down|out|off|on|back|away)$/u;
const withBeside = /\bwith\b/iu;
const pronounNext = /^ (?:it|them|this|these|us|you)\b/u;

/** What may be put in a place: words that go with those beside it, and plainer ones where that is the aim. */
function fittingEdits(
  view: string,
  { start, end, alternatives }: WordChoice,
  aim: ParaphraseAim,
  lexicon: Lexicon,
): TextEdit[] {
  const old = view.slice(start, end);
  const neighbours = neighboursOf(view, start, end);
  return (
    alternatives
      .filter((text) => aim !== 'plainer' || lexicon.wordCount(text) > lexicon.wordCount(old))
      .filter((text) => !(particle.test(text) && pronounNext.test(view.slice(end))))
      // "a demo using WebGL with Yew": one "with" is enough.
      .filter((text) => !(text === 'with' && withBeside.test(view.slice(Math.max(0, start - 40), end + 40))))
      .filter((text) => !lexicon.collocations.refuse(old.toLowerCase(), text.toLowerCase(), neighbours))
      .map((text) => ({ start, end, text }))
  );
}

/** The same word for the same one. */
const isLike = (view: string, one: TextEdit, other: TextEdit): boolean =>
  view.slice(one.start, one.end).toLowerCase() === view.slice(other.start, other.end).toLowerCase() &&
  one.text.toLowerCase() === other.text.toLowerCase();

/** A word whose tokens are hidden, in the ids around it. */
interface Query {
  ids: readonly number[];
  start: number;
  end: number;
}

/** One hidden token to score. */
interface Row {
  ids: readonly number[];
  place: number;
  target: number;
}

/**
 * What the network thinks of each edit of `view`, whose tokens are `ids`; edits that change nothing, or more than one
 * place in tokens, are left out. One row for each token of a word and of what it replaces, in batches of one length.
 */
export async function scoredWords(
  network: Network,
  encode: (text: string) => readonly number[],
  ids: readonly number[],
  view: string,
  edits: readonly TextEdit[],
): Promise<ScoredWord[]> {
  const pending: { edit: TextEdit; before: Query; after: Query }[] = [];
  for (const edit of edits) {
    const changed = encode(applyEdits(view, [edit]));
    const [change, ...others] = findEdits(ids, changed);
    if (change === undefined || others.length > 0 || change.ids.length === 0 || change.start === change.end) continue;
    pending.push({
      edit,
      before: { ids, start: change.start, end: change.end },
      after: { ids: changed, start: change.start, end: change.start + change.ids.length },
    });
  }
  const scores = await scoresOf(
    network,
    pending.flatMap(({ before, after }) => [before, after]),
  );
  return pending.map(({ edit }, index) => ({
    edit,
    gain: scores[2 * index + 1]! - scores[2 * index]!,
    score: scores[2 * index + 1]!,
  }));
}

/** log P of each word: its tokens from left to right, each with those after it hidden. */
async function scoresOf(network: Network, queries: readonly Query[]): Promise<number[]> {
  const rows = new Map<string, Row>();
  const byLength = new Map<number, [string, Row][]>();
  const keys = queries.map(({ ids, start, end }) =>
    ids.slice(start, end).map((target, index) => {
      const place = start + index;
      const hidden = ids.map((id, at) => (at >= place && at < end ? network.specialTokens.mask : id));
      const key = `${place} ${target} ${hidden.join(' ')}`;
      if (rows.has(key)) return key;
      const row = { ids: hidden, place, target };
      rows.set(key, row);
      const alike = byLength.get(hidden.length) ?? [];
      byLength.set(hidden.length, alike);
      alike.push([key, row]);
      return key;
    }),
  );
  const scores = new Map<string, number>();
  for (const alike of byLength.values())
    for (let first = 0; first < alike.length; first += rowsAtOnce) {
      const batch = alike.slice(first, first + rowsAtOnce);
      const requests = batch.map(([, { ids }]) =>
        sourceRequest(network, { task: 'fix', ids: [...ids], protected: new Uint8Array(ids.length) }),
      );
      const { scoreLogProbs } = await network.forward({
        batch: batch.length,
        length: requests[0]!.length,
        tokenIds: requests.flatMap(({ tokenIds }) => [...(tokenIds as number[])]),
        positions: requests.flatMap(({ positions }) => [...(positions as number[])]),
        segments: requests.flatMap(({ segments }) => [...(segments as Uint8Array)]),
        logitPositions: batch.map(([, { place }]) => place + sourceOffset),
        scoreIds: batch.map(([, { target }]) => target),
      });
      batch.forEach(([key], index) => scores.set(key, scoreLogProbs[index]!));
    }
  return keys.map((tokens) => tokens.reduce((sum, key) => sum + scores.get(key)!, 0));
}
