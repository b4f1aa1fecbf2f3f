/** Length policies: how many slots a draft gets. Classes count T − N without special tokens (docs/model-format.md). */
import type { GraphShape } from '../protocol/manifest';
import { softmax } from './softmax';

export interface LengthGuess {
  length: number;
  probability: number;
}

/** Possible target lengths with their probabilities, best first; of equal ones the shorter first. */
export function predictedLengths(
  lengthLogits: ArrayLike<number>,
  sourceLength: number,
  graph: GraphShape,
): LengthGuess[] {
  const probabilities = softmax(lengthLogits, 0, 2 * graph.lengthOffset + 1);
  const most = mostTargetTokens(graph);
  return Array.from(probabilities, (probability, index) => ({
    length: sourceLength + index - graph.lengthOffset,
    probability,
  }))
    .filter(({ length }) => length >= 1 && length <= most)
    .sort((left, right) => right.probability - left.probability || left.length - right.length);
}

/** Lengths of the beam: the `width` most probable classes (JANUS), or the one that the caller asks for. */
export function chooseLengths(
  guesses: readonly LengthGuess[],
  width: number | undefined,
  target: number | undefined,
  graph: GraphShape,
): number[] {
  if (target !== undefined) {
    checkTargetLength(target);
    return [Math.min(target, mostTargetTokens(graph))];
  }
  const wanted = Math.max(1, Math.min(9, Math.floor(width ?? 1) || 1));
  return guesses.slice(0, wanted).map(({ length }) => length);
}

/** `<begin> y_1 … y_T <end>` must fit the positions. */
export function mostTargetTokens(graph: GraphShape): number {
  return graph.maximumPositions - 2;
}

/** @throws RangeError when it is given and no positive whole number */
export function checkTargetLength(target: number | undefined): void {
  if (target !== undefined && (!Number.isInteger(target) || target < 1))
    throw new RangeError(`"targetLength" is ${target}: give a whole number of tokens, 1 or more.`);
}
