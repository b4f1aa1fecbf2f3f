/**
 * Greedy left-to-right decoding from the same weights (JANUS, §3.1): the baseline for speed and the reference for text.
 *
 * Each step feeds two tokens: content y_{t−1} at position t−1, whose keys and values join the cache, and a query
 * `<mask>` at position t, whose keys and values are dropped; attention [[1,0],[1,1]], logits from the query.
 * `draft`: what stands before its first `<mask>` is kept, and the text goes on behind it
 * (src/decode/ordered/prefix.ts). Cost: encode + one pass a token. Stops at `<end>` (fixed) or when the budget or the
 * positions are used up (budget).
 */
import { leftToRight } from './left-to-right';

export const autoregressive = leftToRight('autoregressive', () => 1);
