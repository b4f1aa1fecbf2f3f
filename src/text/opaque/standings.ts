/** How an opaque range stands in its document: a tag on a line of its own is a line, one between words is a word. */
import type { Standing } from './constructs';

export interface Opaque {
  start: number;
  end: number;
  standing: Standing;
}

/** Most blanks between two ranges of one line, and most of a line's marks that are looked at. */
const nearby = 200;

/** Tags that have their lines for themselves are lines, those between words are words. */
export function standings(text: string, ranges: readonly Opaque[]): Opaque[] {
  const result: Opaque[] = [];
  for (let first = 0; first < ranges.length; ) {
    let last = first;
    while (last + 1 < ranges.length && isBlankBetween(text, ranges[last]!.end, ranges[last + 1]!.start, /^[ \t]*$/))
      last += 1;
    const group = ranges.slice(first, last + 1);
    const { start } = ranges[first]!;
    const { end } = ranges[last]!;
    const touches = (other: Opaque | undefined, from: number, to: number): boolean =>
      other !== undefined && isBlankBetween(text, from, to, /^\s*$/);
    const splits =
      !touches(ranges[first - 1], ranges[first - 1]?.end ?? 0, start) &&
      !touches(ranges[last + 1], end, ranges[last + 1]?.start ?? 0) &&
      isInsideParagraph(text, start, end);
    const alone = group.every(({ standing }) => standing !== 'word') && standsAlone(text, start, end) && !splits;
    for (const range of group)
      result.push(range.standing === 'tag' ? { ...range, standing: alone ? 'line' : 'word' } : range);
    first = last + 1;
  }
  return result;
}

function isBlankBetween(text: string, from: number, to: number, blank: RegExp): boolean {
  return to - from < nearby && blank.test(text.slice(from, to));
}

/** Whether nothing but the marks of quotations and lists stands beside [start, end) on its lines. */
function standsAlone(text: string, start: number, end: number): boolean {
  const near = text.slice(Math.max(0, start - nearby), start);
  const before = near.slice(Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1);
  return (
    /^(?:[ \t]|>|[-+*][ \t]|\d{1,9}[.)][ \t])*$/.test(before) &&
    /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + nearby))
  );
}

/** Whether words stand on the line before and on the line after. */
function isInsideParagraph(text: string, start: number, end: number): boolean {
  return (
    /[^\s>][ \t]*(?:\r\n|\n|\r)[ \t>]*$/.test(text.slice(Math.max(0, start - nearby), start)) &&
    /^[ \t]*(?:\r\n|\n|\r)[ \t>]*[^\s>]/.test(text.slice(end, end + nearby))
  );
}
