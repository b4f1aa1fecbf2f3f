/**
 * Log-probability of finished outputs under the autoregressive mode of the same weights (JANUS, §3.1): one teacher-forced
 * pass for all of them. Content `<begin> y_1 … y_T` and queries `<mask>` at positions 1..T+1 lie side by side; query t
 * scores y_t (the last one `<end>`) from the content before it.
 */
import type { Cache } from './network';
import { causalTwoStreamMask } from './mask';
import type { Run } from './step';

/** Mean log-probability a token, `<end>` included, of each output over the repeated source cache. */
export async function autoregressiveScores(run: Run, past: Cache, outputs: readonly (readonly number[])[]): Promise<number[]> {
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
    let sum = 0;
    for (let index = 0; index <= ids.length; index++) sum += result.scoreLogProbs[row * count + index]!;
    return sum / (ids.length + 1);
  });
}

const fill = (count: number, id: number): number[] => new Array<number>(count).fill(id);
