/** The fill pass: which rows to ask for, what was filled, and the token edits that follow from it. */
import type { DecodeOptions } from '../../protocol/trace';
import type { DecoderContext, DecoderSource, TokenEdit } from '../decoder';
import type { Draft } from './felix-draft';
import type { ForwardResult } from '../network';
import type { Proposal } from './proposals';
import { argmax, scaledProbability, softmax } from '../softmax';
import { beginsWithSpace, standsBehindSpace } from '../token-words';

/** One row of the token head: a slot, or a slot with one of the prior's candidates to score. */
export interface FillQuery {
  proposal: number;
  slot: number;
  /** Index into the draft. */
  draft: number;
  /** Index into the proposal's candidates, −1 without any. */
  candidate: number;
  scoreId: number;
}

export function fillQueries(draft: Draft, proposals: readonly Proposal[]): FillQuery[] {
  return draft.entries.flatMap((entry, index): FillQuery[] => {
    if (entry.kind !== 'slot') return [];
    const { proposal, slot } = entry;
    const candidates = proposals[proposal]!.candidates;
    if (!candidates) return [{ proposal, slot, draft: index, candidate: -1, scoreId: 0 }];
    return candidates.map((ids, candidate) => ({ proposal, slot, draft: index, candidate, scoreId: ids[slot]! }));
  });
}

/** What one slot was filled with. */
export interface Fill {
  id: number;
  /** The network's own. */
  logProbability: number;
  /** Row of the token head. */
  query: number;
}

export interface FilledProposal {
  proposal: Proposal;
  fills: Fill[];
  /** Π p(fill), temperature-scaled; of the prior's candidates: the share of the chosen one among them. */
  probability: number;
}

export function readFills(
  context: DecoderContext,
  proposals: readonly Proposal[],
  queries: readonly FillQuery[],
  result: ForwardResult | undefined,
  options: DecodeOptions,
): FilledProposal[] {
  const temperature = options.temperatures?.fill ?? 1;
  const count = context.network.graph.candidates;
  return proposals.map((proposal, index) => {
    const own = queries.flatMap((query, at) => (query.proposal === index ? [at] : []));
    if (!result || own.length === 0) return { proposal, fills: [], probability: 1 };
    if (proposal.candidates) return chooseCandidate(proposal, queries, own, result, temperature);
    let probability = 1;
    const fills = own.map((query): Fill => {
      // `<end>` means nothing inside a draft: the next best token stands in for it.
      const at = query * count + (result.candidateIds[query * count] === context.network.specialTokens.end ? 1 : 0);
      const logProbability = result.candidateLogProbs[at]!;
      probability *= scaledProbability(
        logProbability,
        result.candidateLogProbs.subarray(query * count, (query + 1) * count),
        temperature,
      );
      return { id: result.candidateIds[at]!, logProbability, query };
    });
    return { proposal, fills, probability };
  });
}

/** The candidate with the highest sum of log-probabilities over its slots. */
function chooseCandidate(
  proposal: Proposal,
  queries: readonly FillQuery[],
  own: readonly number[],
  result: ForwardResult,
  temperature: number,
): FilledProposal {
  const scores = proposal.candidates!.map((_, candidate) =>
    own
      .filter((query) => queries[query]!.candidate === candidate)
      .reduce((sum, query) => sum + result.scoreLogProbs[query]!, 0),
  );
  const chosen = argmax(scores);
  const fills = own
    .filter((query) => queries[query]!.candidate === chosen)
    .map((query): Fill => ({ id: queries[query]!.scoreId, logProbability: result.scoreLogProbs[query]!, query }));
  return { proposal, fills, probability: softmax(scores, 0, scores.length, temperature)[chosen]! };
}

interface Piece {
  edit: TokenEdit;
  /** P(action) and Π p(fill) apart, because joined words share the action but not the fills. */
  action: number;
  fill: number;
}

/**
 * Token edits of the filled proposals. Neighbouring words are one edit ("in to" -> "into") unless each has its own new
 * text that begins as the old one did, so that it can be accepted alone. `<drop>` is left out; a fill that writes the
 * deleted tokens again is no edit. Confidence = P(action) · Π p(fill).
 */
export function tokenEdits(
  context: DecoderContext,
  source: DecoderSource,
  filled: readonly FilledProposal[],
): TokenEdit[] {
  const { drop } = context.network.specialTokens;
  const pieces: Piece[] = [];
  for (const { proposal, fills, probability } of filled) {
    const { start, end } = proposal;
    const edit = {
      start,
      end,
      ids: fills.map((fill) => fill.id).filter((id) => id !== drop),
      confidence: 0,
      lexicon: proposal.candidates !== undefined,
    };
    const previous = pieces.at(-1);
    const neighbours =
      previous !== undefined && previous.edit.end === start && previous.edit.start < start && start < end;
    const unequal = neighbours && isDoubtfulBeside(previous.action, proposal.probability);
    const separate =
      neighbours &&
      previous.edit.ids.length > 0 &&
      edit.ids.length > 0 &&
      beginsWithSpace(context, edit.ids[0]!) === standsBehindSpace(context, source, start);
    if (!neighbours || separate || unequal) {
      pieces.push({ edit, action: proposal.probability, fill: probability });
      continue;
    }
    previous.edit.end = end;
    previous.edit.ids.push(...edit.ids);
    previous.edit.lexicon &&= edit.lexicon;
    previous.action = Math.min(previous.action, proposal.probability);
    previous.fill *= probability;
  }
  return withinWords(
    context,
    source,
    pieces.map(({ edit, action, fill }) => ({ ...edit, confidence: action * fill })),
  ).filter((edit) => !reproduces(source.ids, edit));
}

/**
 * Tokens that carry no white space: edits in one word are one edit of it, as sure as the least sure of them. Half of a
 * word's correction is no word.
 */
function withinWords(context: DecoderContext, { ids }: DecoderSource, edits: readonly TokenEdit[]): TokenEdit[] {
  const { continues } = context;
  if (!continues) return [...edits];
  /** Some piece of a word lies on both sides of `gap`, what `edit` writes there included. */
  const goesOn = (gap: number, edit: TokenEdit): boolean =>
    gap > 0 &&
    ((gap < ids.length && continues(ids[gap]!)) ||
      (gap === edit.start && edit.ids.length > 0 && continues(edit.ids[0]!)));
  const merged: TokenEdit[] = [];
  for (const edit of edits) {
    const left = merged.at(-1);
    let connected = left !== undefined;
    // From the left edit's last token over what is kept to this edit's first one it is all one word.
    for (let gap = left?.end ?? 0; connected && gap <= edit.start; gap++) connected = goesOn(gap, edit);
    if (!left || !connected) {
      merged.push(edit);
      continue;
    }
    merged[merged.length - 1] = {
      start: left.start,
      end: edit.end,
      ids: [...left.ids, ...ids.slice(left.end, edit.start), ...edit.ids],
      confidence: Math.min(left.confidence, edit.confidence),
      lexicon: left.lexicon && edit.lexicon,
    };
  }
  return merged;
}

/**
 * One of the two actions is less than half as likely as the other: they are no halves of one change.
 * Joined, the doubtful one would take the sure one's confidence away ("teh first": "teh" is surely wrong,
 * "first" is hardly in doubt).
 */
function isDoubtfulBeside(left: number, right: number): boolean {
  return Math.min(left, right) < Math.max(left, right) / 2;
}

/** The edit changes nothing. */
export function reproduces(ids: readonly number[], { start, end, ids: written }: TokenEdit): boolean {
  return written.length === end - start && written.every((id, offset) => id === ids[start + offset]);
}
