/**
 * The small choices of which a refinement decoder consists: what the slots hold, which predictions are revealed and in
 * which order, what is masked again, when to stop, how candidates rank. A new decoder is a new combination, and at most
 * one new function. Reveal and order have a file of their own (reveal.ts), lengths too (length.ts).
 */
import type { StopReason } from '../../protocol/trace';

/** One draft of the beam while it is refined. */
export interface Candidate {
  /** The text so far; `<mask>` where nothing is revealed yet. */
  ids: number[];
  /** What the network reads in the next pass: the text, but `<mask>` (or what the refill policy says) at `masked`. */
  inputs: number[];
  /** Log-probability of each token from the pass that wrote it: never refreshed ("stale"); 0 for given tokens. */
  logProbabilities: number[];
  /** Given tokens are not predicted, not masked and not scored. */
  given: boolean[];
  /** Slots to predict in the next pass. */
  masked: number[];
  /** Texts after earlier passes, for loop detection; only stop rules that ask for it fill it. */
  seen: Set<string>;
  /** Why this candidate is done, where a stop rule said so. */
  stop?: StopReason;
}

/**
 * Which slots to mask after pass `pass` (1-based) of `passes`, besides those not revealed yet; with
 * none left the candidate is done.
 */
export type Remask = (candidate: Candidate, pass: number, passes: number) => number[];

/** Why the candidate is done after this pass, if it is. `changed` counts the slots whose token differs from before. */
export type Stop = (candidate: Candidate, pass: number, changed: number) => StopReason | undefined;

/** Higher is better. */
export type Rank = (candidate: Candidate) => number;

/** The order in which slots are masked again: least sure first, the earlier one of equals. */
export function leastSureFirst(candidate: Candidate): number[] {
  return freeSlots(candidate).sort(
    (left, right) => candidate.logProbabilities[left]! - candidate.logProbabilities[right]! || left - right,
  );
}

export function freeSlots({ given }: Candidate): number[] {
  return given.flatMap((isGiven, index) => (isGiven ? [] : [index]));
}

/** Mask-Predict, Eq. in §3.2 (Ghazvininejad 2019): n = floor(T · (P − k) / P) of the free slots after pass k of P. */
export const maskWorst: Remask = (candidate, pass, passes) => {
  const order = leastSureFirst(candidate);
  return order.slice(0, Math.floor((order.length * (passes - pass)) / passes)).sort((left, right) => left - right);
};

/** Vanilla NAT: nothing is masked again. */
export const maskNothing: Remask = () => [];

/** iNAT (Lee 2018): every slot is predicted again. */
export const maskEverything: Remask = freeSlots;

/** The pass changed nothing (stable), or a text came back that was there before (loop). */
export const fixpointOrLoop: Stop = (candidate, pass, changed) => {
  const key = candidate.ids.join(' ');
  const stop = pass > 1 && changed === 0 ? 'stable' : candidate.seen.has(key) ? 'loop' : undefined;
  candidate.seen.add(key);
  return stop;
};

/** Mean log-probability of the predicted tokens: lengths can be compared, unlike sums. */
export const meanLogProbability: Rank = (candidate) => {
  const free = freeSlots(candidate).map((index) => candidate.logProbabilities[index]!);
  return free.length === 0 ? 0 : free.reduce((sum, value) => sum + value, 0) / free.length;
};

/** A draft of empty slots. */
export function emptyCandidate(length: number, mask: number): Candidate {
  return draftCandidate(new Array<number>(length).fill(mask), mask);
}

/** A draft from the caller: what is not a slot is given. */
export function draftCandidate(ids: readonly number[], mask: number): Candidate {
  const given = ids.map((id) => id !== mask);
  return {
    ids: [...ids],
    inputs: [...ids],
    logProbabilities: ids.map(() => 0),
    given,
    masked: ids.flatMap((id, index) => (id === mask ? [index] : [])),
    seen: new Set(),
  };
}

/**
 * Uniform source copy (fairseq `src_embedding_copy`; Gu 2018): slot t of T starts as source token round(t (N − 1) / (T
 * − 1)) instead of `<mask>`, in the first pass only.
 */
export function copySource(candidate: Candidate, source: readonly number[]): void {
  const last = candidate.ids.length - 1;
  for (const slot of candidate.masked) {
    candidate.inputs[slot] = source[last === 0 ? 0 : Math.round((slot * (source.length - 1)) / last)]!;
  }
}
