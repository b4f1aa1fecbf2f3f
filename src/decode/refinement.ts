/**
 * The loop that Mask-Predict, vanilla NAT and every later masked-refinement decoder share: encode, choose lengths,
 * predict the slots of all candidates in one batch over the same encoder cache, mask some again, rank at the end.
 * One step is one forward pass; the trace shows the candidate that ranks first at that moment.
 */
import type { BeamCandidate, DecoderName, Step, StopReason, TraceToken } from '../protocol/trace';
import { autoregressiveScores } from './autoregressive-score';
import { passBudget } from './budget';
import { repeatCache } from './cache';
import type { DecodeResult, Decoder } from './decoder';
import { range, sourceRequest } from './layout';
import { chooseLengths, mostTargetTokens, predictedLengths } from './length';
import { fullMask } from './mask';
import type { Cache, ForwardRequest, Network } from './network';
import { finishOutput } from './output';
import { draftCandidate, emptyCandidate, meanLogProbability, type Candidate, type Rank, type Remask } from './policies';
import { argmax } from './softmax';
import { plainToken, predictedToken, Run, tokenText } from './step';

export interface RefinementPolicies {
  system: DecoderName;
  /** Passes when the caller does not say. */
  passes: number;
  /** Most passes that the method itself uses; default: the budget. */
  mostPasses?: number;
  lengthBeam: number;
  remask: Remask;
  rank?: Rank;
}

export function refinement({ system, passes, mostPasses, lengthBeam, remask, rank = meanLogProbability }: RefinementPolicies): Decoder {
  return async function* (context, source, options) {
    const budget = passBudget(options.passes, passes);
    const run = new Run(context, system, budget);
    const { network } = context;
    const { mask } = network.specialTokens;
    if (source.ids.length === 0) return run.result([], 'empty', 0);
    if (run.cancelled) return run.result([], 'cancelled', 0);
    const encoded = await run.forward(sourceRequest(network, source));
    const guesses = predictedLengths(encoded.lengthLogits, source.ids.length, network.graph);
    const candidates = options.draft
      ? [draftCandidate(options.draft.slice(0, mostTargetTokens(network.graph)), mask)]
      : chooseLengths(guesses, options.lengthBeam ?? lengthBeam, options.targetLength, network.graph).map((length) => emptyCandidate(length, mask));
    let stop: StopReason = candidates.every(({ masked }) => masked.length === 0) ? 'empty' : 'fixed';
    const given = source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index }));
    yield run.step('encode', given, { lengths: guesses.slice(0, 9), ...(stop === 'empty' ? { stop } : {}) });

    // Re-ranking is a forward pass like any other: it takes the last one of the budget.
    const weight = Math.min(1, Math.max(0, options.rerankWeight ?? 0));
    const rerank = weight > 0 && candidates.length > 1 && budget > 1;
    const schedule = Math.min(budget - (rerank ? 1 : 0), mostPasses ?? budget);
    const past = repeatCache(network.graph, encoded.cache, candidates.length);
    let scores = candidates.map(rank);
    for (let pass = 1; pass <= schedule && candidates.some(({ masked }) => masked.length > 0); pass++) {
      if (run.cancelled) return finish('cancelled');
      const { tokens } = await predict(run, past, candidates);
      scores = candidates.map(rank);
      const best = argmax(scores);
      if (pass < schedule) for (const candidate of candidates) candidate.masked = remask(candidate, pass, schedule);
      else for (const candidate of candidates) candidate.masked = [];
      const done = candidates.every(({ masked }) => masked.length === 0);
      const more: Partial<Step> = { ...beamOf(), ...(done && !rerank ? { stop } : {}) };
      yield run.step('predict', tokens[best]!, more);
      for (const candidate of candidates) for (const index of candidate.masked) candidate.ids[index] = mask;
    }
    if (rerank) {
      if (run.cancelled) return finish('cancelled');
      const outputs = candidates.map(({ ids }) => finishOutput(ids, network.specialTokens, {}));
      const autoregressive = await autoregressiveScores(run, past, outputs);
      scores = scores.map((score, index) => weight * autoregressive[index]! + (1 - weight) * score);
      const chosen = candidates[argmax(scores)]!;
      yield run.step('rerank', chosen.ids.map((id) => plainToken(context, id, 'kept')), { ...beamOf(), stop });
    }
    return finish(stop);

    function beamOf(): { beam?: BeamCandidate[] } {
      if (candidates.length < 2) return {};
      const best = argmax(scores);
      return {
        beam: candidates.map(({ ids }, index) => ({
          length: ids.length, text: ids.map((id) => tokenText(context, id)).join(''), score: scores[index]!, chosen: index === best,
        })),
      };
    }

    function finish(reason: StopReason): DecodeResult {
      stop = reason;
      const list = candidates.map(({ ids }, index) => ({ ids: finishOutput(ids, network.specialTokens, options), score: scores[index]! }));
      list.sort((left, right) => right.score - left.score);
      return run.result(list[0]?.ids ?? [], reason, list[0]?.score ?? 0, list.length > 1 ? { candidates: list } : {});
    }
  };
}

/** One pass over all candidates; writes the best token and its log-probability at the masked slots. */
async function predict(run: Run, past: Cache, candidates: readonly Candidate[]): Promise<{ tokens: TraceToken[][] }> {
  const { context } = run;
  const { network } = context;
  const slots = Math.max(...candidates.map(({ masked }) => masked.length));
  const result = await run.forward(batchRequest(network, past, candidates, slots));
  const count = network.graph.candidates;
  const tokens = candidates.map((candidate, row) => {
    const list = candidate.ids.map((id, index) => plainToken(context, id, candidate.given[index] ? 'given' : 'kept'));
    candidate.ids.forEach((_, index) => { list[index]!.logProbability = candidate.logProbabilities[index]!; });
    candidate.masked.forEach((index, slot) => {
      const at = (row * slots + slot) * count;
      candidate.ids[index] = result.candidateIds[at]!;
      candidate.logProbabilities[index] = result.candidateLogProbs[at]!;
      const before = candidate.earlier[index];
      const state = before === undefined ? 'new' : before === candidate.ids[index] ? 'kept' : 'changed';
      candidate.earlier[index] = candidate.ids[index];
      list[index] = predictedToken(context, result, row, slot, candidate.ids[index]!, candidate.logProbabilities[index]!, state);
    });
    return list;
  });
  return { tokens };
}

/** Rows of different length in one batch: short ones are padded at the end, and nobody sees the padding. */
function batchRequest(network: Network, past: Cache, candidates: readonly Candidate[], slots: number): ForwardRequest {
  const { begin, end, pad } = network.specialTokens;
  const length = Math.max(...candidates.map(({ ids }) => ids.length)) + 2;
  const tokenIds: number[] = [];
  const attentionMask = new Uint8Array(candidates.length * length * length);
  const logitPositions: number[] = [];
  candidates.forEach(({ ids, masked }, row) => {
    tokenIds.push(begin, ...ids, end, ...new Array<number>(length - ids.length - 2).fill(pad));
    attentionMask.set(fullMask(length, ids.length + 2), row * length * length);
    for (let slot = 0; slot < slots; slot++) logitPositions.push((masked[slot] ?? -1) + 1); // row 0 stands in where this candidate has fewer slots
  });
  return {
    batch: candidates.length, length, tokenIds, attentionMask, past, logitPositions,
    positions: candidates.flatMap(() => range(length)), segments: new Uint8Array(candidates.length * length).fill(1),
  };
}

