/** How many target tokens each source token owns (FastCorrect), step by step, and their sum. Pure. */
import type { Step, TraceToken } from '../../protocol/trace';

export type Duration = NonNullable<TraceToken['duration']>;
export type Durations = ReadonlyMap<number, Duration>;

export const noDurations: Durations = new Map();

/** For each step what was last counted up to it: the counting step stands for those that fill its slots. */
export function latestDurations(steps: readonly Step[]): Durations[] {
  let latest = noDurations;
  return steps.map(({ tokens }) => {
    const counted = tokens.flatMap(({ duration, sourceIndex }) =>
      duration && sourceIndex !== undefined ? [[sourceIndex, duration] as const] : [],
    );
    if (counted.length > 0) latest = new Map(counted);
    return latest;
  });
}

/** Σ d_i: the length of what is written. */
export const totalOf = (durations: Durations): number =>
  [...durations.values()].reduce((sum, { count }) => sum + count, 0);
