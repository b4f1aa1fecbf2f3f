/**
 * Termination by end-of-sequence, BANG (Qi 2021): no length head. One pass over a fixed number of slots without an
 * `<end>` behind them; the text is cut at the first `<end>` that the network predicts.
 *
 * The number of slots is the smallest multiple of 16 with room for the source and an `<end>` (16, 32, 48 in the paper).
 * Cost: encode + 1 pass over more slots than the text needs. Stops after it (fixed).
 */
import type { Decoder } from '../decoder';
import { mostTargetTokens } from '../length';
import { meanLogProbability, type Rank } from './candidate';
import { refinement } from './refinement';

const bucket = 16;

export const bang: Decoder = (context, source, options) => {
  const { graph, specialTokens } = context.network;
  const untilEnd: Rank = (candidate) => {
    const end = candidate.ids.indexOf(specialTokens.end);
    return meanLogProbability(end < 0 ? candidate : { ...candidate, given: candidate.given.slice(0, end + 1) });
  };
  return refinement({
    system: 'bang',
    passes: 1,
    mostPasses: 1,
    lengthBeam: 1,
    open: true,
    rank: untilEnd,
    lengths: (_guesses, _width, sourceLength) => [
      Math.min(mostTargetTokens(graph), bucket * Math.ceil((sourceLength + 1) / bucket)),
    ],
  })(context, source, options);
};
