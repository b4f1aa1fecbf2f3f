/** Pure text edits: checking what the engine sent before it may touch a document. Offsets are UTF-16 units. */
import type { Correction } from '../../protocol/requests';

export interface OffsetEdit {
  start: number;
  end: number;
  text: string;
}

/**
 * Corrections in order and without overlap (of two that overlap the surer one stays); one outside the checked slice or
 * one that changes nothing is left out. Offsets are of the slice.
 */
export function soundCorrections(corrections: readonly Correction[], slice: string): Correction[] {
  const valid = corrections.filter(
    ({ startIndex, endIndex, correction }) =>
      Number.isInteger(startIndex) &&
      Number.isInteger(endIndex) &&
      startIndex >= 0 &&
      startIndex <= endIndex &&
      endIndex <= slice.length &&
      slice.slice(startIndex, endIndex) !== correction,
  );
  const chosen: Correction[] = [];
  for (const candidate of [...valid].sort((a, b) => b.confidence - a.confidence)) {
    if (!chosen.some((other) => overlaps(other, candidate))) chosen.push(candidate);
  }
  return chosen.sort((a, b) => a.startIndex - b.startIndex || a.endIndex - b.endIndex);
}

/** The sound ones as edits of the whole document; `base` is where the checked slice begins in it. */
export function editsOf(corrections: readonly Correction[], slice: string, base: number): OffsetEdit[] {
  return soundCorrections(corrections, slice).map(({ startIndex, endIndex, correction }) => ({
    start: base + startIndex,
    end: base + endIndex,
    text: correction,
  }));
}

/**
 * Whether a correction belongs to one of the ranges: it overlaps it, or (a pure insertion, or an empty
 * range) lies in or at its ends.
 */
export function touchesAny(
  correction: { startIndex: number; endIndex: number },
  ranges: readonly { start: number; end: number }[],
): boolean {
  return ranges.some(({ start, end }) =>
    correction.startIndex === correction.endIndex || start === end
      ? correction.startIndex <= end && correction.endIndex >= start
      : correction.startIndex < end && correction.endIndex > start,
  );
}

/** @throws RangeError when edits overlap, are out of order or out of the text. */
export function applyEdits(text: string, edits: readonly OffsetEdit[]): string {
  let result = '';
  let position = 0;
  for (const { start, end, text: inserted } of edits) {
    if (start < position || end < start || end > text.length)
      throw new RangeError(`Edit ${start}..${end} is out of order or outside the text.`);
    result += text.slice(position, start) + inserted;
    position = end;
  }
  return result + text.slice(position);
}

/** Two edits clash when they share text, or when both insert at the same place. */
function overlaps(a: Correction, b: Correction): boolean {
  if (a.startIndex === b.startIndex && (a.startIndex === a.endIndex || b.startIndex === b.endIndex))
    return a.startIndex === a.endIndex && b.startIndex === b.endIndex;
  return a.startIndex < b.endIndex && b.startIndex < a.endIndex;
}
