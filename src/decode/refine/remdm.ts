/**
 * Remasking diffusion, ReMDM with confidence (Wang 2025, §4): like a masked diffusion with the linear schedule α = k /
 * P, but a revealed token may be taken back.
 *
 * After pass k token i is masked again with probability σ_i = η_i · min(1, (1 − α_{k+1}) / α_k), η = softmax over the
 * revealed tokens of −p_i, p_i from the pass that revealed it. What is drawn depends on `seed` alone. Of the open slots
 * the most probable are revealed (the paper draws them), so many that floor(T · k / P) are shown after pass k.
 * Mask-Predict is the greedy form of this. Cost: encode + P passes. Stops after P passes
 * (fixed) or all sure (confident).
 */
import type { Decoder } from '../decoder';
import { freeSlots, type Remask } from './candidate';
import { seededRandom } from '../random';
import { refinement } from './refinement';
import { revealLinearly } from './reveal';

export const remdm: Decoder = (context, source, options) => {
  const random = seededRandom(options.seed ?? 0);
  const { mask } = context.network.specialTokens;
  const takeBack: Remask = (candidate, pass, passes) => {
    const shown = freeSlots(candidate).filter((slot) => candidate.ids[slot] !== mask);
    const most = Math.min(1, (1 - (pass + 1) / passes) / (pass / passes));
    const weights = shown.map((slot) => Math.exp(-Math.exp(candidate.logProbabilities[slot]!)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return shown.filter((_, index) => random() < (most * weights[index]!) / sum);
  };
  return refinement({ system: 'remdm', passes: 8, lengthBeam: 1, reveal: revealLinearly, remask: takeBack })(
    context,
    source,
    options,
  );
};
