/** Inputs of the graph in the layouts of docs/model-format.md: special tokens are added here and nowhere else. */
import type { DecoderSource } from './decoder';
import type { Cache, ForwardRequest, Network } from './network';
import { checkLength } from './budget';

export const range = (length: number, start = 0): number[] => Array.from({ length }, (_, index) => start + index);

/** Special tokens before x_1 in the source. */
export const sourceOffset = 2;

/** `<begin> <task> x_1 … x_N <end>`. @throws RangeError when it does not fit */
export function sourceRequest(network: Network, source: DecoderSource): ForwardRequest {
  const { specialTokens, graph } = network;
  const length = source.ids.length + 3;
  checkLength(length, graph.maximumPositions, 'text');
  const segments = new Uint8Array(length);
  source.ids.forEach((_, index) => {
    if (source.protected[index]) segments[index + sourceOffset] = 3;
  });
  for (const { start, end } of source.lexicon ?? []) {
    for (let index = Math.max(0, start); index < Math.min(end, source.ids.length); index++) {
      if (!segments[index + sourceOffset]) segments[index + sourceOffset] = 2;
    }
  }
  const tokenIds = [specialTokens.begin, specialTokens[source.task], ...source.ids, specialTokens.end];
  return { batch: 1, length, tokenIds, positions: range(length), segments };
}

/**
 * Single rows of the source again, for their token logits: with the keys and values of all other rows from the cache,
 * each row is what it was in the whole pass, at the price of its own.
 * @param rows positions in the source's layout (`<begin>` is 0), ascending, each once
 * @param queries for each result the index into `rows`
 */
export function sourceRowsRequest(
  network: Network,
  source: DecoderSource,
  past: Cache,
  rows: readonly number[],
  queries: readonly number[],
  scoreIds: readonly number[],
): ForwardRequest {
  const whole = sourceRequest(network, source);
  // The graph takes two tokens at least.
  const taken = rows.length > 1 ? rows : [0, ...rows];
  const pastMask = new Uint8Array(past.length).fill(1);
  for (const row of taken) pastMask[row] = 0;
  return {
    batch: 1,
    length: taken.length,
    tokenIds: taken.map((row) => whole.tokenIds[row]!),
    positions: [...taken],
    segments: taken.map((row) => whole.segments[row]!),
    past,
    pastMask,
    logitPositions: queries.map((query) => query + taken.length - rows.length),
    scoreIds,
  };
}

/** `<begin> y_1 … y_T <end>` over the cached source; rows to predict are given as indices into y. */
export function draftRequest(
  network: Network,
  past: Cache,
  draft: readonly number[],
  slots: readonly number[],
  scoreIds?: readonly number[],
): ForwardRequest {
  const { begin, end } = network.specialTokens;
  const length = draft.length + 2;
  checkLength(length, network.graph.maximumPositions, 'draft');
  return {
    batch: 1,
    length,
    tokenIds: [begin, ...draft, end],
    positions: range(length),
    segments: new Uint8Array(length).fill(1),
    past,
    logitPositions: slots.map((slot) => slot + 1),
    ...(scoreIds ? { scoreIds } : {}),
  };
}
