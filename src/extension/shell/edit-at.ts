/** Pure: which of the edits of a preview the cursor is on. Offsets are UTF-16 units. */
import type { OffsetEdit } from './checked-edits';

/**
 * The edit that made the words at `offset` of the proposed text, or else the nearest one on that line.
 * @param edits in order and without overlap, as ranges of the text before them
 * @param proposed the text after them
 * @returns an index of `edits`; undefined when the line has no change
 */
export function editAt(edits: readonly OffsetEdit[], proposed: string, offset: number): number | undefined {
  const lineStart = proposed.lastIndexOf('\n', offset - 1) + 1;
  const lineBreak = proposed.indexOf('\n', offset);
  const lineEnd = lineBreak < 0 ? proposed.length : lineBreak;
  let shift = 0;
  let nearest: { index: number; distance: number } | undefined;
  edits.forEach(({ start, end, text }, index) => {
    const [first, last] = [start + shift, start + shift + text.length];
    shift += text.length - (end - start);
    if (last < lineStart || first > lineEnd) return;
    const distance = Math.max(first - offset, offset - last, 0);
    if (nearest === undefined || distance < nearest.distance) nearest = { index, distance };
  });
  return nearest?.index;
}
