/**
 * A lattice of K candidates in each of T slots with scores between neighbours: the best path (Viterbi) and the
 * marginals of every candidate (forward-backward). O(T K²), in double precision, natural logarithms.
 */

export interface Lattice {
  /** Token ids, [slots][candidates]. */
  ids: number[][];
  /** Emission scores of the same shape. */
  scores: number[][];
}

/** Score of token `right` after token `left`. */
export type Transition = (left: number, right: number) => number;

/**
 * Index of the chosen candidate for each slot; of equal paths the one with the earlier
 * candidates, decided from the end.
 */
export function viterbi({ ids, scores }: Lattice, transition: Transition): number[] {
  if (ids.length === 0) return [];
  const back: number[][] = [];
  let best = [...scores[0]!];
  for (let slot = 1; slot < ids.length; slot++) {
    const from: number[] = [];
    best = ids[slot]!.map((right, at) => {
      let chosen = 0;
      let high = -Infinity;
      ids[slot - 1]!.forEach((left, index) => {
        const score = best[index]! + transition(left, right);
        if (score > high) [high, chosen] = [score, index];
      });
      from.push(chosen);
      return high + scores[slot]![at]!;
    });
    back.push(from);
  }
  let at = best.indexOf(Math.max(...best));
  const path = [at];
  for (const from of back.reverse()) path.unshift((at = from[at]!));
  return path;
}

/** P(candidate) in each slot under the distribution over all paths of the lattice; the shape of `ids`. */
export function marginals({ ids, scores }: Lattice, transition: Transition): number[][] {
  if (ids.length === 0) return [];
  const forward: number[][] = [[...scores[0]!]];
  for (let slot = 1; slot < ids.length; slot++) {
    forward.push(
      ids[slot]!.map(
        (right, at) =>
          scores[slot]![at]! +
          logSum(ids[slot - 1]!.map((left, index) => forward[slot - 1]![index]! + transition(left, right))),
      ),
    );
  }
  const backward: number[][] = [ids.at(-1)!.map(() => 0)];
  for (let slot = ids.length - 2; slot >= 0; slot--) {
    backward.unshift(
      ids[slot]!.map((left) =>
        logSum(
          ids[slot + 1]!.map(
            (right, index) => transition(left, right) + scores[slot + 1]![index]! + backward[0]![index]!,
          ),
        ),
      ),
    );
  }
  const total = logSum(forward.at(-1)!);
  return forward.map((row, slot) => row.map((value, at) => Math.exp(value + backward[slot]![at]! - total)));
}

function logSum(values: readonly number[]): number {
  const high = Math.max(...values);
  return high === -Infinity ? high : high + Math.log(values.reduce((sum, value) => sum + Math.exp(value - high), 0));
}
