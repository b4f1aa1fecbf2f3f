/**
 * FastCorrect (Leng 2021): each source token owns d_i target tokens, and the slots of all edited tokens are predicted
 * in one pass; the owner's alignment is what makes non-autoregressive correction work at all.
 *
 * A word whose tokens are edited is written anew with Σ d_i slots. A word after which something is missing keeps its
 * tokens but the last, which is written anew together with what it owns (d = 1 + count). Unedited tokens are copied.
 * The paper feeds the owner's embedding into a slot; here the owners stand in FELIX brackets before their slots.
 * Cost: 1 pass for a clean sentence, else 2. Stops by itself.
 */
import type { TraceToken } from '../../protocol/trace';
import { passBudget } from '../budget';
import { fillRound, isAccepted, readSentence, type Reading } from './correction-round';
import { startState } from './correction-state';
import type { DecodeResult, Decoder } from '../decoder';
import { mostOutputTokens } from './felix-draft';
import { durationProbabilities, editedDuration } from './durations';
import { applyEdits } from './token-edits';
import { sourceOffset } from '../layout';
import {
  defaultMinimumEditProbability,
  readHeads,
  replacementByPrior,
  units,
  type Heads,
  type Proposal,
  type Proposer,
} from './proposals';
import { argmax, softmax } from '../softmax';
import { Run } from '../step';

export const fastCorrect: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'fast-correct', passBudget(options.passes, 1));
  const unchanged = (stop: 'empty' | 'cancelled'): DecodeResult => run.result([...source.ids], stop, 0, { edits: [] });
  if (source.ids.length === 0) return unchanged('empty');
  if (run.cancelled) return unchanged('cancelled');
  const state = startState(source, options);
  const classes = context.network.graph.maximumInsertion + 1;
  const most = mostOutputTokens(source.ids.length, context.network.graph.maximumPositions);
  const reading = await readSentence(run, state, options, most, proposeByDuration);
  const shown = { ...reading, step: { ...reading.step, tokens: withDurations(reading, classes) } };
  const { edits, score, stop } = yield* fillRound(run, state, shown, options);
  return run.result(
    applyEdits(
      source.ids,
      edits.filter((edit) => isAccepted(edit, options)),
    ),
    stop,
    score,
    { edits },
  );
};

/**
 * Words that are edited, and last tokens of words after which something is missing. Missing before x_1: owned by x_1.
 */
const proposeByDuration: Proposer = (context, state, result, options) => {
  const { source, locked } = state;
  const bar = options.minimumEditProbability ?? defaultMinimumEditProbability;
  const heads = readHeads(context, result, options);
  const isFixed = (index: number): boolean => source.protected[index] === 1 || locked[index] === 1;
  const proposals: Proposal[] = [];
  for (const { start, end, candidates } of units(context, state)) {
    const tokens = Array.from({ length: end - start }, (_, offset) => start + offset);
    const edited =
      tokens.reduce((sum, index) => sum + 1 - heads.biased(index)[0]!, 0) / tokens.length >= bar &&
      !tokens.some(isFixed);
    const byPrior = edited && candidates ? replacementByPrior(heads, source.ids, candidates, start, end) : undefined;
    const after = missing(heads, end, bar);
    const before = start === 0 ? missing(heads, 0, bar) : 0;
    if (byPrior) {
      // The list knows the whole word: its tokens own one each while there are any, the last one owns the rest.
      const spare = Math.max(0, byPrior.slots - tokens.length);
      proposals.push({
        ...byPrior,
        durations: tokens.map((index, offset) => ({
          count: (offset < byPrior.slots ? 1 : 0) + (index === end - 1 ? spare : 0),
          probability: byPrior.probability,
        })),
      });
    } else if (edited) {
      const durations = tokens.map((index) => editedDuration(heads.scaled(index), heads.gap(index + 1).scaled));
      proposals.push(owned(heads, start, end, durations, before));
    } else if (before > 0 && end - start === 1 && !isFixed(start)) {
      proposals.push(owned(heads, start, end, [grown(heads, end, after)], before));
    } else {
      if (before > 0 && !isFixed(0)) proposals.push(owned(heads, 0, 1, [{ count: 1, probability: 1 }], before));
      if (after > 0 && !isFixed(end - 1)) proposals.push(owned(heads, end - 1, end, [grown(heads, end, after)], 0));
    }
  }
  return proposals;
};

/** Likeliest count of a gap where P(count > 0) reaches the bar, else 0. */
function missing(heads: Heads, gap: number, bar: number): number {
  const { scaled } = heads.gap(gap);
  return 1 - scaled[0]! < bar ? 0 : argmax(scaled, 1);
}

function grown(heads: Heads, gap: number, count: number): { count: number; probability: number } {
  return { count: 1 + count, probability: heads.gap(gap).scaled[count]! };
}

/** P(action): geometric mean over the tokens of P(d_i, edited), times the count before x_1. */
function owned(
  heads: Heads,
  start: number,
  end: number,
  durations: { count: number; probability: number }[],
  before: number,
): Proposal {
  const probability =
    Math.exp(durations.reduce((sum, duration) => sum + Math.log(duration.probability), 0) / durations.length) *
    (before > 0 ? heads.gap(0).scaled[before]! : 1);
  const counts = durations.map((duration, index) =>
    index === 0 ? { ...duration, count: duration.count + before } : duration,
  );
  return { start, end, slots: counts.reduce((sum, { count }) => sum + count, 0), probability, durations: counts };
}

/** Every token with its duration: the proposed one, or 1 with the network's own probability of it. */
function withDurations({ step, proposals, result }: Reading, classes: number): TraceToken[] {
  return step.tokens.map((token, index) => {
    const proposal = proposals.find(({ start, end }) => start <= index && index < end);
    const own = durationProbabilities(
      softmax(result.operationLogits, (index + sourceOffset) * 3, 3),
      softmax(result.insertionLogits, (index + sourceOffset) * classes, classes),
    );
    const count = proposal ? proposal.durations![index - proposal.start]!.count : 1;
    return { ...token, duration: { count, probability: own[count] ?? 0 } };
  });
}
