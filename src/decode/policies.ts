/**
 * The small choices of which a refinement decoder consists (nar.md calls them reveal, order, remask, stop, rank). A new
 * decoder is a new combination, and at most one new function.
 */

/** One draft of the beam while it is refined. */
export interface Candidate {
  ids: number[];
  /** Log-probability of each token from the pass that wrote it: never refreshed ("stale"); 0 for given tokens. */
  logProbabilities: number[];
  /** Given tokens are not predicted, not masked and not scored. */
  given: boolean[];
  /** Slots to predict in the next pass. */
  masked: number[];
  /** Token that each slot last held, for the trace; undefined before the first prediction. */
  earlier: (number | undefined)[];
}

/** Which slots to mask after pass `pass` (1-based) of `passes`; empty: this candidate is done. */
export type Remask = (candidate: Candidate, pass: number, passes: number) => number[];

/** Higher is better. */
export type Rank = (candidate: Candidate) => number;

/** The order in which slots are masked again: least sure first, the earlier one of equals. */
export function leastSureFirst(candidate: Candidate): number[] {
  return candidate.ids.flatMap((_, index) => (candidate.given[index] ? [] : [index]))
    .sort((left, right) => candidate.logProbabilities[left]! - candidate.logProbabilities[right]! || left - right);
}

/** Mask-Predict, Eq. in §3.2 (Ghazvininejad 2019): n = floor(T · (P − k) / P) of the free slots after pass k of P. */
export const maskWorst: Remask = (candidate, pass, passes) => {
  const order = leastSureFirst(candidate);
  return order.slice(0, Math.floor((order.length * (passes - pass)) / passes)).sort((left, right) => left - right);
};

/** Vanilla NAT: nothing is masked again. */
export const maskNothing: Remask = () => [];

/** Mean log-probability of the predicted tokens: lengths can be compared, unlike sums. */
export const meanLogProbability: Rank = ({ logProbabilities, given }) => {
  const free = logProbabilities.filter((_, index) => !given[index]);
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
    ids: [...ids], logProbabilities: ids.map(() => 0), given, masked: ids.flatMap((id, index) => (id === mask ? [index] : [])),
    earlier: ids.map(() => undefined),
  };
}
