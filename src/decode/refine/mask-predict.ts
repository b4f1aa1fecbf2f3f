/**
 * Mask-Predict over a conditional masked language model (Ghazvininejad 2019, §3.2).
 *
 * Pass 1 predicts every slot; after pass k of P the floor(T · (P − k) / P) least probable tokens are masked and
 * predicted again. The probability of a token that stays is the one of the pass that wrote it. Given tokens of a
 * caller's draft are never masked. Cost: encode + P passes, one or two of them for re-ranking where `rerankWeight` asks
 * for it. Stops after P passes, or when the schedule masks nothing more (P > T).
 */
import { maskWorst } from './candidate';
import { refinement } from './refinement';

export const maskPredict = refinement({ system: 'mask-predict', passes: 4, lengthBeam: 3, remask: maskWorst });
