/**
 * Levenshtein Transformer correction loop (Gu 2019) from the user's sentence: delete, place, fill, again on its own
 * output until nothing changes.
 *
 * Deletion and placement are read in one encode pass (both heads share one stack), the fill pass sees the deleted words
 * in FELIX brackets. Only edits of at least `acceptConfidence` enter the next round; weaker ones are still reported, so
 * that the caller's thresholds decide. All edits are expressed over the user's own tokens.
 * Cost: 1 pass for a clean sentence, +1 to fill, +2 for each further round. Stops: a round accepts nothing (stable),
 * the sentence was seen before (loop), or fewer than the two passes of a whole round are left (budget).
 */
import { correctionLoop } from './correction-loop';

export const levenshtein = correctionLoop({ system: 'levenshtein', passes: 3 });
