/**
 * Log-probability of finished outputs under the autoregressive mode of the same weights (JANUS, §3.1): one teacher-forced
 * pass for all of them. Content `<begin> y_1 … y_T` and queries `<mask>` at positions 1..T+1 lie side by side; query t
 * scores y_t (the last one `<end>`) from the content before it.
 */
import type { TraceToken } from '../protocol/trace';
import type { Cache } from './network';
import { causalTwoStreamMask } from './mask';
import { mean, plainToken, type Run } from './step';

export interface AutoregressiveScore {
  /** Mean log-probability a token, `<end>` included. */
  mean: number;
  /** Log-probability of each token of the output. */
  tokens: number[];
}

/** Scores each output over the repeated source cache. One forward pass. */
export async function autoregressiveScores(run: Run, past: Cache, outputs: readonly (readonly number[])[]): Promise<AutoregressiveScore[]> {
  const { begin, end, mask, pad } = run.context.network.specialTokens;
  const count = Math.max(...outputs.map((ids) => ids.length)) + 1; // content tokens a row, and as many queries
  const attentionMask = causalTwoStreamMask(count);
  const columns = outputs.map(() => attentionMask);
  const tokenIds = outputs.flatMap((ids) => [begin, ...ids, ...fill(count - 1 - ids.length, pad), ...fill(count, mask)]);
  const positions = outputs.flatMap(() => Array.from({ length: 2 * count }, (_, index) => (index < count ? index : index - count + 1)));
  const result = await run.forward({
    batch: outputs.length, length: 2 * count, tokenIds, positions, segments: new Uint8Array(tokenIds.length).fill(1), past,
    attentionMask: Uint8Array.from(columns.flatMap((rows) => [...rows])),
    logitPositions: outputs.flatMap(() => Array.from({ length: count }, (_, index) => count + index)),
    scoreIds: outputs.flatMap((ids) => [...ids, ...fill(count - ids.length, end)]),
  });
  // Causal: what is padded behind an output cannot reach its queries.
  return outputs.map((ids, row) => {
    const scores = Array.from(result.scoreLogProbs.subarray(row * count, row * count + ids.length + 1));
    return { mean: mean(scores), tokens: scores.slice(0, -1) };
  });
}

/**
 * The tokens of a finished draft as a re-ranking step shows them: with their log-probability in both modes where the output
 * has them. `parallel` holds those of the passes that wrote them, by slot.
 */
export function rerankedTokens(run: Run, ids: readonly number[], parallel: readonly number[], { tokens }: AutoregressiveScore): TraceToken[] {
  const { context } = run;
  const { end, drop, mask } = context.network.specialTokens;
  const cut = ids.includes(end) ? ids.indexOf(end) : ids.length;
  let next = 0;
  return ids.map((id, slot) => {
    const written = slot < cut && id !== drop && id !== mask;
    return plainToken(context, id, 'kept', written ? { modes: { autoregressive: tokens[next++]!, nonAutoregressive: parallel[slot]! } } : {});
  });
}

const fill = (count: number, id: number): number[] => new Array<number>(count).fill(id);
