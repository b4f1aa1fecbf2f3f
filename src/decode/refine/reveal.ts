/**
 * Reveal policies: which of the slots that a pass predicted keep their token. Masked-diffusion decoders differ in
 * nothing else than this, the order and whether a token may be masked again.
 */
import type { DecodeOptions } from '../../protocol/trace';
import type { Candidate } from './candidate';

/** What a pass predicted at one slot. */
export interface Guess {
  slot: number;
  id: number;
  logProbability: number;
  /** p of the best token minus p of the second, 0..1. */
  margin: number;
  /** Nats over the full softmax. */
  entropy: number;
}

/**
 * Slots to reveal after pass `pass` (1-based) of `passes`. In the last pass everything is
 * revealed, whatever the policy says.
 */
export type Reveal = (candidate: Candidate, guesses: readonly Guess[], pass: number, passes: number) => number[];

/** Higher is revealed earlier. */
export type Order = (guess: Guess) => number;

/** The orders of Dream (2025): top-1 probability, margin p1 − p2, negative entropy. */
export const orders: Record<NonNullable<DecodeOptions['order']>, Order> = {
  probability: (guess) => guess.logProbability,
  margin: (guess) => guess.margin,
  entropy: (guess) => -guess.entropy,
};

export const revealAll: Reveal = (_candidate, guesses) => guesses.map(({ slot }) => slot);

/** The first `count` slots in this order; the earlier one of equals. */
function first(guesses: readonly Guess[], count: number, order: Order): number[] {
  return [...guesses]
    .sort((left, right) => order(right) - order(left) || left.slot - right.slot)
    .slice(0, count)
    .map(({ slot }) => slot);
}

/**
 * LLaDA (Nie 2025), low-confidence remasking: in each pass an equal share of what is still masked, most probable first.
 * With `blockSize` b the text is written in blocks from left to right, each with its share of the passes; blocks grow
 * where there are more of them than passes.
 */
export function revealEvenly(blockSize = Infinity): Reveal {
  return (candidate, guesses, pass, passes) => {
    const length = candidate.ids.length;
    const blocks = Math.max(1, Math.min(passes, Math.ceil(length / Math.max(1, Math.floor(blockSize)))));
    const size = Math.ceil(length / blocks);
    const block = Math.floor(((pass - 1) * blocks) / passes);
    const lastPass = Math.ceil(((block + 1) * passes) / blocks); // of this block, 1-based
    const open = guesses.filter(({ slot }) => slot < (block + 1) * size);
    return first(open, Math.ceil(open.length / (lastPass - pass + 1)), orders.probability);
  };
}

/**
 * Dream (2025): times t_0 = 1 … t_P = 0.001, evenly spaced; pass i reveals floor(n · (1 − t_i / t_{i−1})) of n masked
 * slots in the given order, the last pass all of them.
 */
export function revealByTime(order: Order): Reveal {
  const final = 1e-3;
  return (_candidate, guesses, pass, passes) => {
    const time = (index: number): number => 1 + ((final - 1) * index) / passes;
    return first(guesses, Math.floor(guesses.length * (1 - time(pass) / time(pass - 1))), order);
  };
}

/**
 * Fast-dLLM (Wu 2025): every slot that is at least this sure, and always the surest one. The
 * passes follow from the text.
 */
export function revealSure(probability: number): Reveal {
  return (_candidate, guesses) => {
    const sure = guesses.filter((guess) => guess.logProbability >= Math.log(probability)).map(({ slot }) => slot);
    return sure.length > 0 ? sure : first(guesses, 1, orders.probability);
  };
}

/**
 * As many, most probable first, that floor(T · k / P) slots are revealed after pass k: the linear schedule α = k / P.
 */
export const revealLinearly: Reveal = (candidate, guesses, pass, passes) => {
  // Slots masked again count as hidden like all others, so that the schedule holds whatever was taken back.
  const free = candidate.given.filter((isGiven) => !isGiven).length;
  const shown = free - guesses.length;
  return first(guesses, Math.max(0, Math.floor((free * pass) / passes) - shown), orders.probability);
};
