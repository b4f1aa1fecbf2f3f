/**
 * Masked diffusion with low-confidence remasking, LLaDA (Nie 2025): each pass predicts every open slot and reveals an
 * equal share of them, the most probable first; what is revealed is never revised.
 *
 * Mask-Predict without second thoughts. With `blockSize` the text is written block by block from left to right.
 * Cost: encode + P passes. Stops after P passes (fixed), earlier when there are fewer slots than passes, or when all
 * open slots reach `sureProbability` (confident).
 */
import type { Decoder } from '../decoder';
import { refinement } from './refinement';
import { revealEvenly } from './reveal';

export const llada: Decoder = (context, source, options) =>
  refinement({ system: 'llada', passes: 8, lengthBeam: 1, reveal: revealEvenly(options.blockSize) })(
    context,
    source,
    options,
  );
