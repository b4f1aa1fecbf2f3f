/**
 * Masked diffusion in the orders of Dream (Ye 2025): times t_0 = 1 … t_P = 0.001; pass i reveals floor(n
 * · (1 − t_i / t_{i−1})) of n open slots, by `order`: top-1 probability, margin p1 − p2, or negative
 * entropy over the whole vocabulary.
 *
 * Dream's shift of the logits by one place belongs to its left-to-right initialization and has no meaning here.
 * Cost: encode + P passes. Stops after P passes (fixed), or when all open slots reach `sureProbability` (confident).
 */
import type { Decoder } from '../decoder';
import { refinement } from './refinement';
import { orders, revealByTime } from './reveal';

export const dream: Decoder = (context, source, options) =>
  refinement({ system: 'dream', passes: 8, lengthBeam: 1, reveal: revealByTime(orders[options.order ?? 'entropy']) })(
    context,
    source,
    options,
  );
