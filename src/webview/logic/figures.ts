/** What a finished run cost and how sure it was of its result. Pure. */
import type { Step, Trace } from '../../protocol/trace';

export interface Figures {
  passes: number;
  steps: number;
  milliseconds: number;
  /** Tokens sent through the network, all steps together. */
  queryTokens: number;
  /**
   * Mean probability e^score of the tokens that the last predicting step wrote; undefined where nothing was predicted.
   */
  confidence: number | undefined;
  /** Raw, of the last step. */
  repetition: number;
}

/** The score that stands at the end of a run: the one of the last step that predicted anything. */
export const finalScore = (steps: readonly Step[]): number | undefined =>
  steps.findLast((step) => step.score < 0)?.score;

export function figuresOf(trace: Trace): Figures {
  const score = finalScore(trace.steps);
  return {
    passes: trace.passes,
    steps: trace.steps.length,
    milliseconds: trace.milliseconds,
    queryTokens: trace.steps.reduce((sum, { queryTokens }) => sum + queryTokens, 0),
    confidence: score === undefined ? undefined : Math.exp(score),
    repetition: trace.steps.at(-1)?.repetitionRatio ?? 0,
  };
}
