/**
 * Greedy left-to-right decoding from the same weights (JANUS, §3.1): the baseline for speed and the reference for text.
 *
 * Each step feeds two tokens: content y_{t−1} at position t−1, whose keys and values join the cache, and a query
 * `<mask>` at position t, whose keys and values are dropped; attention [[1,0],[1,1]], logits from the query.
 * Cost: encode + one pass a token. Stops at `<end>` (fixed) or when the budget or the positions are used up (budget).
 */
import type { StopReason, TraceToken } from '../protocol/trace';
import { passBudget } from './budget';
import { GrowingCache } from './cache';
import type { Decoder } from './decoder';
import { sourceRequest } from './layout';
import { finishOutput } from './output';
import { mean, plainToken, predictedToken, Run } from './step';

const twoStreams = Uint8Array.of(1, 0, 1, 1);

export const autoregressive: Decoder = async function* (context, source, options) {
  const { network } = context;
  const { begin, mask, end } = network.specialTokens;
  const most = network.graph.maximumPositions - 1; // position of the last query
  const run = new Run(context, 'autoregressive', passBudget(options.passes, Math.min(most, 2 * source.ids.length + 10), most));
  const ids: number[] = [];
  const tokens: TraceToken[] = [];
  const finish = (stop: StopReason) =>
    run.result(finishOutput(ids, network.specialTokens, options), stop, mean(tokens.map((token) => token.logProbability)));
  if (source.ids.length === 0) return finish('empty');
  if (run.cancelled) return finish('cancelled');
  const encoded = await run.forward(sourceRequest(network, source));
  yield run.step('encode', source.ids.map((id, index) => plainToken(context, id, 'given', { sourceIndex: index })));
  const past = new GrowingCache(network.graph, encoded.cache);
  const target = Math.min(options.targetLength ?? Infinity, run.budget);
  for (let position = 1; ; position++) {
    if (run.cancelled) return finish('cancelled');
    const result = await run.forward({
      batch: 1, length: 2, tokenIds: [ids.at(-1) ?? begin, mask], positions: [position - 1, position], segments: [1, 1],
      attentionMask: twoStreams, past: past.cache, pastMask: past.mask, logitPositions: [1],
    });
    past.append(result.cache, 1);
    const id = result.candidateIds[0]!;
    const token = predictedToken(context, result, 0, 0, id, result.candidateLogProbs[0]!, 'new');
    const before = tokens.map((earlier) => ({ ...earlier, state: 'kept' as const, alternatives: [] }));
    tokens.push(token);
    if (id !== end) ids.push(id);
    const stop = id === end ? 'fixed' : position >= target ? 'budget' : undefined;
    yield run.step('predict', [...before, token], stop ? { stop } : {});
    if (stop) return finish(stop);
  }
};
