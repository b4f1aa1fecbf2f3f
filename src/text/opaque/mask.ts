/** The text that the Markdown parser sees: as long as the source, with stand-ins where something opaque is. */
import type { Opaque } from './standings';

/** No letter, no mark and no blank to Markdown: emphasis may stand beside it, and it belongs to a word. */
const standIn = '\ue000';

/** Words become stand-ins (line breaks in them too), lines become blanks with their line breaks kept. */
export function masked(text: string, ranges: readonly Opaque[]): string {
  return maskedSlice(text, ranges, 0, text.length);
}

/** The same of text[from, to). @param ranges sorted; those that touch it are among them */
export function maskedSlice(text: string, ranges: readonly Opaque[], from: number, to: number): string {
  const parts: string[] = [];
  let at = from;
  for (const range of ranges) {
    const [start, end] = [Math.max(range.start, from), Math.min(range.end, to)];
    if (start >= end) continue;
    parts.push(
      text.slice(at, start),
      range.standing === 'line' ? text.slice(start, end).replace(/[^\r\n]/g, ' ') : standIn.repeat(end - start),
    );
    at = end;
  }
  return parts.length === 0 ? text.slice(from, to) : parts.join('') + text.slice(at, to);
}
