/**
 * Vanilla non-autoregressive translation (Gu 2018; fairseq nonautoregressive_transformer): all slots in one pass, each
 * one on its own, with a length beam: the lengths of the beam are decoded in one batch and the best mean
 * log-probability wins. Cost: encode + 1 pass (+ 1 or 2 to re-rank). Fast, and prone to repetition: see the ratio.
 */
import { maskNothing } from './candidate';
import { refinement } from './refinement';

export const singlePass = refinement({
  system: 'single-pass',
  passes: 1,
  mostPasses: 1,
  lengthBeam: 3,
  remask: maskNothing,
});
