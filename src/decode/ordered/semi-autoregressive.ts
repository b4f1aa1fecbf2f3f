/**
 * Semi-autoregressive decoding (SAT, Wang 2018): `blockSize` K tokens a pass, each block all at once, the blocks from
 * left to right; position t sees all tokens of blocks before floor(t / K). The axis between left to right (K = 1) and
 * one pass (K = T). Cost: encode + ⌈T / K⌉ passes. Stops at `<end>` (fixed), or when passes, `targetLength` or
 * positions are used up (budget).
 */
import { leftToRight } from './left-to-right';

export const semiAutoregressive = leftToRight('semi-autoregressive', ({ blockSize }) => blockSize ?? 4);
