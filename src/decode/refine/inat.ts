/**
 * Iterative refinement, iNAT (Lee 2018, §3): every slot is predicted again from the output of the pass before, without
 * masks: Y_{k+1} = argmax p(· | X, Y_k).
 *
 * Cost: encode + 1 pass an iteration. Stops: a pass changes nothing (stable), a text comes back (loop), or the passes
 * are used up (budget).
 */
import { fixpointOrLoop, maskEverything } from './candidate';
import { refinement } from './refinement';

export const inat = refinement({
  system: 'inat',
  passes: 4,
  lengthBeam: 1,
  remask: maskEverything,
  refill: 'token',
  stop: fixpointOrLoop,
  limit: 'budget',
});
