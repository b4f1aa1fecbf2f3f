/** Probabilities from logits, in double precision, and the temperature scaling of confidences. */

/** softmax(logits / temperature) of `count` logits that start at `offset`; `bias` is added to single logits first. */
export function softmax(
  logits: ArrayLike<number>,
  offset: number,
  count: number,
  temperature = 1,
  bias?: ArrayLike<number>,
): Float64Array {
  const result = new Float64Array(count);
  let highest = -Infinity;
  for (let index = 0; index < count; index++) {
    result[index] = (logits[offset + index]! + (bias?.[index] ?? 0)) / temperature;
    highest = Math.max(highest, result[index]!);
  }
  let sum = 0;
  for (let index = 0; index < count; index++) sum += result[index] = Math.exp(result[index]! - highest);
  for (let index = 0; index < count; index++) result[index]! /= sum;
  return result;
}

/** Index of the largest value; the first of equals. */
export function argmax(values: ArrayLike<number>, start = 0, end = values.length): number {
  let best = start;
  for (let index = start + 1; index < end; index++) if (values[index]! > values[best]!) best = index;
  return best;
}

/**
 * Temperature-scaled probability of a token when only the best log-probabilities of the full softmax are known: all
 * other tokens count as one class with the remaining mass. Exact for temperature 1.
 */
export function scaledProbability(logProbability: number, best: ArrayLike<number>, temperature: number): number {
  if (temperature === 1) return Math.exp(logProbability);
  let rest = 1;
  let sum = 0;
  let known = false;
  for (let index = 0; index < best.length; index++) {
    rest -= Math.exp(best[index]!);
    sum += Math.exp(best[index]! / temperature);
    known ||= best[index] === logProbability;
  }
  const own = Math.exp(logProbability / temperature);
  if (!known) {
    rest -= Math.exp(logProbability);
    sum += own;
  }
  if (rest > 0) sum += rest ** (1 / temperature);
  return own / sum;
}
