/**
 * Writing from left to right in blocks of K tokens, from the same weights as everything else: K = 1 is the
 * autoregressive mode of JANUS (§3.1), larger K the semi-autoregressive Transformer (Wang 2018).
 *
 * Each pass feeds the content of the block before, whose keys and values join the cache, and K queries `<mask>` at the
 * next positions, whose keys and values are dropped. Relaxed causal mask: content sees its whole block and everything
 * before, queries see all content and each other; for K = 1 this is [[1,0],[1,1]]. Logits come from the queries.
 *
 * A caller's prefix (src/decode/ordered/prefix.ts) goes in with the first pass, in blocks of
 * K, and costs none of its own.
 */
import type { DecodeOptions, DecoderName, Step, StopReason, TraceToken } from '../../protocol/trace';
import { passBudget } from '../budget';
import { GrowingCache } from '../cache';
import type { Decoder } from '../decoder';
import { range, sourceRequest } from '../layout';
import { checkTargetLength } from '../length';
import { blockwiseCausalMask, relaxedCausalMask } from '../attention-mask';
import type { Cache } from '../network';
import { finishOutput } from '../output';
import { givenPrefix, prefixTokens } from './prefix';
import { mean, plainToken, predictedToken, Run } from '../step';

export interface Written {
  /** The prefix and what was written, without `<end>`. */
  ids: number[];
  /** Predicted tokens in their order, `<end>` included where it came. */
  tokens: TraceToken[];
  /** fixed: `<end>` came; budget: passes or tokens were used up. */
  stop: StopReason;
}

/**
 * A step a pass. Writes at most `mostTokens`, `<end>` included, over the encoded source, behind the tokens of `prefix`.
 */
export async function* writeBlocks(
  run: Run,
  encoded: Cache,
  blockSize: number,
  mostTokens: number,
  prefix: readonly TraceToken[] = [],
): AsyncGenerator<Step, Written> {
  const { context } = run;
  const { network } = context;
  const { begin, mask, end } = network.specialTokens;
  const past = new GrowingCache(network.graph, encoded);
  const ids = prefix.map(({ id }) => id);
  const tokens: TraceToken[] = [];
  let content = [begin, ...ids];
  for (;;) {
    if (run.cancelled) return { ids, tokens, stop: 'cancelled' };
    const queries = Math.min(blockSize, mostTokens - tokens.length);
    const start = ids.length + 1; // position of the first query
    const result = await run.forward({
      batch: 1,
      length: content.length + queries,
      tokenIds: [...content, ...new Array<number>(queries).fill(mask)],
      positions: range(content.length + queries, start - content.length),
      segments: new Uint8Array(content.length + queries).fill(1),
      attentionMask:
        tokens.length === 0
          ? blockwiseCausalMask(prefix.length, blockSize, queries)
          : relaxedCausalMask(content.length, queries),
      past: past.cache,
      pastMask: past.mask,
      logitPositions: range(queries, content.length),
    });
    past.append(result.cache, content.length);
    const best = range(queries).map((query) => result.candidateIds[query * network.graph.candidates]!);
    const ends = best.indexOf(end);
    const block = ends < 0 ? best : best.slice(0, ends + 1);
    const before = tokens.map((earlier) => ({ ...earlier, state: 'kept' as const, alternatives: [] }));
    const written = block.map((id, query) =>
      predictedToken(context, result, 0, query, id, result.candidateLogProbs[query * network.graph.candidates]!, 'new'),
    );
    tokens.push(...written);
    content = block.filter((id) => id !== end);
    ids.push(...content);
    const stop = ends >= 0 ? 'fixed' : tokens.length >= mostTokens || run.left === 0 ? 'budget' : undefined;
    yield run.step('predict', [...prefix, ...before, ...written], stop ? { stop } : {});
    if (stop) return { ids, tokens, stop };
  }
}

/**
 * Tokens that a left-to-right text gets when nobody says, the prefix included: 2 N + 10, within the positions
 * (the last one is a query's).
 */
export function usualTokens(sourceLength: number, maximumPositions: number, prefixLength = 0): number {
  return Math.min(maximumPositions - 1, Math.max(2 * sourceLength, prefixLength) + 10);
}

/** The source as an `encode` step shows it. */
export function givenTokens(run: Run, ids: readonly number[]): TraceToken[] {
  return ids.map((id, index) => plainToken(run.context, id, 'given', { sourceIndex: index }));
}

/** A whole decoder of this kind. */
export function leftToRight(system: DecoderName, blockSizeOf: (options: DecodeOptions) => number): Decoder {
  return async function* (context, source, options) {
    const { network } = context;
    checkTargetLength(options.targetLength);
    const most = network.graph.maximumPositions - 1;
    const blockSize = Math.min(most, Math.max(1, Math.floor(blockSizeOf(options)) || 1));
    const given = givenPrefix(network, options);
    const usual = usualTokens(source.ids.length, network.graph.maximumPositions, given.length) - given.length;
    const run = new Run(context, system, passBudget(options.passes, Math.max(1, Math.ceil(usual / blockSize)), most));
    const nothing = run.nothingToDo(source);
    if (nothing) return nothing;
    const encoded = await run.forward(sourceRequest(network, source));
    const prefix = prefixTokens(run, given, options);
    const mostTokens = Math.min(
      Math.min(options.targetLength ?? Infinity, most) - prefix.length,
      run.budget * blockSize,
    );
    const before = prefix.map(({ id }) => id);
    const finished = mostTokens < 1 || prefix.at(-1)?.id === network.specialTokens.end;
    yield run.step('encode', givenTokens(run, source.ids), finished ? { stop: 'empty' } : {});
    if (finished) return run.result(finishOutput(before, network.specialTokens, options, before), 'empty', 0);
    const { ids, tokens, stop } = yield* writeBlocks(run, encoded.cache, blockSize, mostTokens, prefix);
    return run.result(
      finishOutput(ids, network.specialTokens, options, before),
      stop,
      mean(tokens.map((token) => token.logProbability)),
    );
  };
}
