/**
 * Which remark is meant when one occurrence is to be ignored: the change it proposes and a few characters on
 * both sides. An edit elsewhere in the document leaves it found; an edit of these words brings the remark back.
 * Pure; offsets are UTF-16 units.
 */

import type { IgnoredRemark } from './requests';

export interface ProposedChange {
  start: number;
  end: number;
  text: string;
}

/** Characters of the text that are kept on each side. */
const width = 32;
/** A run of one character is a rule or a picture, no prose: no change slides further than this. */
const farthest = 200;

/**
 * The least change that does the same, as far to the left as it can stand: an insertion is shown to a person with the
 * word beside it, and is still the same one.
 */
export function leastChange(text: string, { start, end, text: inserted }: ProposedChange): ProposedChange {
  while (end > start && inserted !== '' && text[end - 1] === inserted.at(-1)) {
    end--;
    inserted = inserted.slice(0, -1);
  }
  while (end > start && inserted !== '' && text[start] === inserted[0]) {
    start++;
    inserted = inserted.slice(1);
  }
  for (let steps = 0; steps < farthest && start > 0; steps++) {
    const previous = text[start - 1]!;
    if (start === end && inserted !== '' && inserted.at(-1) === previous) inserted = previous + inserted.slice(0, -1);
    else if (!(inserted === '' && end > start && text[end - 1] === previous)) break;
    start--;
    end--;
  }
  return { start, end, text: inserted };
}

export function placeOfRemark(text: string, change: ProposedChange): IgnoredRemark {
  const { start, end, text: correction } = leastChange(text, change);
  // What stands in other paragraphs does not matter, and neither does how lines end.
  const blankLine = /(?:\r?\n[ \t]*){2,}/;
  const before = text
    .slice(Math.max(0, start - 2 * width), start)
    .split(blankLine)
    .at(-1)!;
  const after = text.slice(end, end + 2 * width).split(blankLine)[0]!;
  const evened = (part: string): string => part.replace(/\s+/g, ' ');
  return {
    original: text.slice(start, end),
    correction,
    before: evened(before).slice(-width),
    after: evened(/[\r\n]$/.test(after) ? after.trimEnd() : after).slice(0, width),
  };
}

const keyOf = ({ original, correction, before, after }: IgnoredRemark): string =>
  JSON.stringify([original, correction, before, after]);

export function isSamePlace(a: IgnoredRemark, b: IgnoredRemark): boolean {
  return keyOf(a) === keyOf(b);
}

/** The corrections of `text` that are not at one of the places. */
export function withoutPlaces<Each extends { startIndex: number; endIndex: number; correction: string }>(
  text: string,
  corrections: readonly Each[],
  places: readonly IgnoredRemark[] = [],
): Each[] {
  if (places.length === 0) return [...corrections];
  const keys = new Set(places.map(keyOf));
  return corrections.filter(
    ({ startIndex, endIndex, correction }) =>
      !keys.has(keyOf(placeOfRemark(text, { start: startIndex, end: endIndex, text: correction }))),
  );
}
