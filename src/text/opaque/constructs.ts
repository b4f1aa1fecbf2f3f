/**
 * What a dialect of Markdown may hold that is no prose: one function a construct, each with the
 * offset at which it may begin.
 */
import type { Scan } from './scan';

/**
 * How a construct stands in the text. `word`: a part of its sentence, such as a formula. `tag`: the same between words,
 * and markup of its own where nothing else stands on its lines. `line`: always markup of its own.
 */
export type Standing = 'word' | 'tag' | 'line';

export interface Found {
  end: number;
  standing: Standing;
}

/** What begins at `at`; undefined where the construct does not. */
export type Construct = (scan: Scan, at: number) => Found | undefined;

/** Farthest that a construct may reach over blank lines, in UTF-16 units. */
export const farthest = 20_000;

export function found(end: number, standing: Standing): Found | undefined {
  return end > 0 ? { end, standing } : undefined;
}

/** Offset after `mark`, searched for in [from, limit); -1 where it is not there. */
export function after(scan: Scan, mark: string, from: number, limit: number): number {
  const at = scan.find(mark, from, limit);
  return at < 0 ? -1 : at + mark.length;
}

/** Offset after a match of the sticky pattern at `at`; -1 where it does not match. */
export function matchEnd(scan: Scan, pattern: RegExp, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(scan.text) ? pattern.lastIndex : -1;
}
