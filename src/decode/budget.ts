/** The bound on forward passes: no decoder may exceed it, whatever the text and the network. */

/** No refinement gains anything after so many passes; a larger wish is cut to this. */
export const mostPasses = 64;

/** @throws RangeError when `passes` is not a positive whole number; the message says what to do. */
export function passBudget(passes: number | undefined, otherwise: number, most = mostPasses): number {
  const wanted = passes ?? otherwise;
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new RangeError(`"passes" is ${wanted}: give a whole number of forward passes, 1 or more.`);
  }
  return Math.min(wanted, most);
}

/**
 * @throws RangeError when a sequence of `length` tokens, special tokens included, has more positions than the network.
 */
export function checkLength(length: number, maximumPositions: number, what: string): void {
  if (length > maximumPositions) {
    throw new RangeError(
      `The ${what} takes ${length} tokens, special tokens included, but this model reads at most ${maximumPositions}: ` +
        'split the text into sentences or shorter parts, or choose a model with more positions.',
    );
  }
}
