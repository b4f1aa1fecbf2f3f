/** Quality against time over pass budgets: one point for each budget whose run is there. Pure. */
import type { Trace } from '../../protocol/trace';
import { curvePoints, type Budget } from './budgets';
import { figuresOf } from './figures';
import { contenderOf, keyOf } from './side-runs';
import type { PanelState } from './state';
import { wordDifference, wordsOf } from './word-difference';

export interface CurvePoint {
  /** The budget: most passes after the reading. */
  budget: Budget;
  /** Forward passes that were spent, the reading included. */
  passes: number;
  milliseconds: number;
  /**
   * 0..1: agreement with the expected text where there is one, otherwise the network's own mean confidence;
   * undefined where it predicted nothing.
   */
  quality: number | undefined;
  /** Share of tokens equal to the token before them, raw, at the end of the run. */
  repetition: number;
  /** Words that differ from the source. */
  changed: number;
  output: string;
}

const words = (text: string): string[] =>
  wordsOf(text)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/**
 * F1 of the words in order: 2 · common / (words of the one + words of the other), common by longest common subsequence.
 */
export function agreement(one: string, other: string): number {
  const [left, right] = [words(one), words(other)];
  const total = left.length + right.length;
  return total === 0 ? 1 : (total - wordDifference(left, right).count) / total;
}

function pointOf(budget: Budget, trace: Trace, expected: string): CurvePoint {
  const { passes, milliseconds, confidence, repetition } = figuresOf(trace);
  return {
    budget,
    passes,
    milliseconds,
    repetition,
    output: trace.output,
    changed: wordDifference(words(trace.sourceText), words(trace.output)).count,
    quality: expected.trim() === '' ? confidence : agreement(trace.output, expected),
  };
}

export interface CurveData {
  points: CurvePoint[];
  /** Budgets whose run is still to come. */
  waiting: Budget[];
  failures: { budget: Budget; message: string }[];
}

export function curveOf({ shown, trace, sides, expected }: PanelState): CurveData {
  const data: CurveData = { points: [], waiting: [], failures: [] };
  if (!shown || !trace) return data;
  const own = shown.options.draft ? undefined : contenderOf(shown);
  const budgets = curvePoints(shown.decoder, own?.passes);
  for (const budget of budgets) {
    const side = own?.passes === budget ? { trace } : sides[keyOf({ decoder: shown.decoder, passes: budget })];
    if (side?.trace) data.points.push(pointOf(budget, side.trace, expected));
    else if (side && 'failure' in side && side.failure !== undefined)
      data.failures.push({ budget, message: side.failure });
    else data.waiting.push(budget);
  }
  return data;
}
