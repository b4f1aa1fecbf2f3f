/**
 * JANUS (Liang 2022, §3): one set of weights in both modes. Mask-Predict with a length beam drafts, the autoregressive
 * mode re-ranks the beam, and where even the best draft is unsure, the autoregressive mode writes the text itself.
 *
 *   s(Y) = λ · mean log p_AR(y_t | y_<t, X) + (1 − λ) · mean log p_NAR(y_t)
 *   exp(max s) < `fallbackProbability`: write from left to right
 *
 * Cost: encode + at most 4 passes to draft, 1 to re-rank (2 above half of the positions), and a pass a token in the
 * fallback, which starts only when the budget has room for as many tokens as the draft has; if `<end>` does not come in
 * time, the draft stands. Stops: fixed, or budget where the fallback was cut.
 */
import { passBudget } from '../budget';
import type { Decoder } from '../decoder';
import { usualTokens, writeBlocks } from '../ordered/left-to-right';
import { finishOutput } from '../output';
import { maskWorst } from './candidate';
import { refine } from './refinement';
import { mean, Run } from '../step';

const usualRerankWeight = 0.5;
const usualFallbackProbability = 0.1;

export const janus: Decoder = async function* (context, source, options) {
  const { graph, specialTokens } = context.network;
  const run = new Run(context, 'janus', passBudget(options.passes, 64));
  const least = options.fallbackProbability ?? usualFallbackProbability;
  let unsure = false;
  const { result, past } = yield* refine(
    run,
    source,
    { ...options, rerankWeight: options.rerankWeight ?? usualRerankWeight },
    { system: 'janus', passes: 64, mostPasses: 4, lengthBeam: 5, remask: maskWorst },
    // A draft of the caller's holds tokens that left to right would not keep.
    (score, length) => (unsure = options.draft === undefined && Math.exp(score) < least && run.left > length),
  );
  if (!unsure || !past || result.stop === 'cancelled') return result;
  const written = yield* writeBlocks(
    run,
    past,
    1,
    Math.min(options.targetLength ?? Infinity, usualTokens(source.ids.length, graph.maximumPositions)),
  );
  if (written.stop !== 'fixed') return { ...result, stop: written.stop, passes: run.passes };
  const score = mean(written.tokens.map((token) => token.logProbability));
  const ids = finishOutput(written.ids, specialTokens, options);
  return run.result(ids, 'fixed', score, {
    candidates: [{ ids, score }, ...(result.candidates ?? [{ ids: result.ids, score: result.score }])],
  });
};
