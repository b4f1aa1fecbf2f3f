/**
 * Durations of source tokens (FastCorrect, Leng 2021, §3.2) from the operation and gap heads: how many target tokens
 * each source token owns, Σ d_i = T.
 *
 *   P(d_i = k) = P(delete_i) g_i(k) + (1 − P(delete_i)) g_i(k − 1)
 *   P(d_i = k, edited_i) = P(d_i = k) − [k = 1] P(keep_i) g_i(0)
 *   g_i(c): c tokens missing after token i
 *
 * The paper regresses d from an alignment; here it is a class, so that it has a probability to show.
 */
import { argmax } from '../softmax';

/**
 * P(d = k), k = 0 … classes.
 * @param operation keep, delete, generate
 * @param gap counts 0 … classes − 1 after the token
 */
export function durationProbabilities(operation: ArrayLike<number>, gap: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    { length: gap.length + 1 },
    (_, count) => operation[1]! * (gap[count] ?? 0) + (1 - operation[1]!) * (gap[count - 1] ?? 0),
  );
}

/** Likeliest duration of a token that is edited, with P(d, edited). */
export function editedDuration(
  operation: ArrayLike<number>,
  gap: ArrayLike<number>,
): { count: number; probability: number } {
  const joint = durationProbabilities(operation, gap);
  joint[1]! -= operation[0]! * gap[0]!;
  const count = argmax(joint);
  return { count, probability: Math.max(0, joint[count]!) };
}
