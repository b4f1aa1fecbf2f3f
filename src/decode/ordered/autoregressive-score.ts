/**
 * Log-probability of finished outputs under the autoregressive mode of the same weights (JANUS, §3.1), all of them in
 * one batch. Content `<begin> y_1 … y_T` and queries `<mask>` at positions 1..T+1 lie side by side; query t scores y_t
 * (the last one `<end>`) from the content before it.
 *
 * Cost: 1 teacher-forced pass while both streams fit the positions, 2(T + 1) tokens. A longer output is
 * scored in chunks: the content of a chunk joins the cache, its queries do not. The numbers are the same;
 * the passes are `scoringPasses`.
 */
import type { GraphShape } from '../../protocol/manifest';
import type { Step, TraceToken } from '../../protocol/trace';
import { GrowingCache } from '../cache';
import { range } from '../layout';
import type { Cache } from '../network';
import { causalTwoStreamMask } from '../attention-mask';
import { mean, plainToken, type Run } from '../step';

export interface AutoregressiveScore {
  /** Mean log-probability a token, `<end>` included. */
  mean: number;
  /** Log-probability of each token of the output; of the first ones only while chunks are missing. */
  tokens: number[];
}

/** Content tokens of a pass; each has a query beside it. */
const chunkOf = ({ maximumPositions }: GraphShape): number => Math.floor(maximumPositions / 2);

/** Forward passes that scoring outputs of at most `longest` tokens takes. */
export function scoringPasses(graph: GraphShape, longest: number): number {
  return Math.ceil((longest + 1) / chunkOf(graph));
}

/**
 * Scores each output over the repeated source cache, in `scoringPasses` passes. Between two of them `show` makes the
 * step of the one that is over from what is known so far; the last pass is left to the caller, who knows the winner.
 * @returns undefined after a cancellation between two passes
 */
export async function* autoregressiveScores(
  run: Run,
  past: Cache,
  outputs: readonly (readonly number[])[],
  show: (soFar: readonly AutoregressiveScore[]) => Step,
): AsyncGenerator<Step, AutoregressiveScore[] | undefined> {
  const {
    graph,
    specialTokens: { begin, end, mask, pad },
  } = run.context.network;
  const total = Math.max(...outputs.map((ids) => ids.length)) + 1; // content tokens a row, and as many queries
  const cache = new GrowingCache(graph, past);
  const scores = outputs.map((): number[] => []);
  for (let start = 0; start < total; ) {
    const count = Math.min(chunkOf(graph), total - start);
    const attentionMask = causalTwoStreamMask(count);
    const slice = (ids: readonly number[], from: number, filler: number): number[] =>
      range(count, from).map((index) => ids[index] ?? filler);
    const result = await run.forward({
      batch: outputs.length,
      length: 2 * count,
      tokenIds: outputs.flatMap((ids) => [
        ...slice([begin, ...ids], start, pad),
        ...new Array<number>(count).fill(mask),
      ]),
      positions: outputs.flatMap(() => [...range(count, start), ...range(count, start + 1)]),
      segments: new Uint8Array(outputs.length * 2 * count).fill(1),
      past: cache.cache,
      pastMask: cache.mask,
      attentionMask: Uint8Array.from(outputs.flatMap(() => [...attentionMask])),
      logitPositions: outputs.flatMap(() => range(count, count)),
      scoreIds: outputs.flatMap((ids) => slice(ids, start, end)),
    });
    // Causal: what is padded behind an output cannot reach its queries.
    outputs.forEach((ids, row) =>
      scores[row]!.push(
        ...result.scoreLogProbs.subarray(
          row * count,
          row * count + Math.max(0, Math.min(count, ids.length + 1 - start)),
        ),
      ),
    );
    start += count;
    if (start === total) break;
    cache.append(result.cache, count);
    yield show(scores.map((tokens, row) => ({ mean: mean(tokens), tokens: tokens.slice(0, outputs[row]!.length) })));
    if (run.cancelled) return undefined;
  }
  return scores.map((tokens) => ({ mean: mean(tokens), tokens: tokens.slice(0, -1) }));
}

/**
 * The tokens of a finished draft as a re-ranking step shows them: with their log-probability in both modes where the
 * output has them and they are scored. `parallel` holds those of the passes that wrote them, by slot.
 */
export function rerankedTokens(
  run: Run,
  ids: readonly number[],
  parallel: readonly number[],
  { tokens }: AutoregressiveScore,
): TraceToken[] {
  const { context } = run;
  const { end, drop, mask } = context.network.specialTokens;
  const cut = ids.includes(end) ? ids.indexOf(end) : ids.length;
  let next = 0;
  return ids.map((id, slot) => {
    const written = slot < cut && id !== drop && id !== mask ? tokens[next++] : undefined;
    return plainToken(
      context,
      id,
      'kept',
      written === undefined ? {} : { modes: { autoregressive: written, nonAutoregressive: parallel[slot]! } },
    );
  });
}
