/**
 * Confidence-aware parallel decoding, Fast-dLLM (Wu 2025, §3.3): each pass reveals every open slot with p ≥ τ
 * (`sureProbability`), and always the surest one. How many passes that takes follows from the text.
 *
 * The paper's τ = 0.9 reveals about one token a pass in texts of 20 to 30 tokens, which is what an editor has; the
 * default here is lower, and the pass budget bounds the rest: the last pass reveals everything. Cost: encode + 1 to P
 * passes. Stops when nothing is open: confident if every token was sure, fixed if some were only the surest of their
 * pass, budget if the last pass had to take what was left.
 */
import type { Decoder } from '../decoder';
import { freeSlots, type Stop } from './candidate';
import { refinement } from './refinement';
import { revealSure } from './reveal';

const defaultSureProbability = 0.7;

export const fastDllm: Decoder = (context, source, options) => {
  const sure = options.sureProbability ?? defaultSureProbability;
  const { mask } = context.network.specialTokens;
  const allSure: Stop = (candidate) => {
    if (candidate.ids.includes(mask)) return undefined;
    return freeSlots(candidate).every((slot) => candidate.logProbabilities[slot]! >= Math.log(sure))
      ? 'confident'
      : undefined;
  };
  return refinement({
    system: 'fast-dllm',
    passes: 16,
    lengthBeam: 1,
    reveal: revealSure(sure),
    stop: allSure,
    limit: 'budget',
  })(context, source, options);
};
