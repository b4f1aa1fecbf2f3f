/** The text that the Markdown parser sees: as long as the source, with stand-ins where something opaque is. */
import type { Opaque } from './standings';

/** No letter, no mark and no blank to Markdown: emphasis may stand beside it, and it belongs to a word. */
const standIn = '\ue000';

/** Words become stand-ins (line breaks in them too), lines become blanks with their line breaks kept. */
export function masked(text: string, ranges: readonly Opaque[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, standing } of ranges) {
    parts.push(
      text.slice(at, start),
      standing === 'line' ? text.slice(start, end).replace(/[^\r\n]/g, ' ') : standIn.repeat(end - start),
    );
    at = end;
  }
  return parts.join('') + text.slice(at);
}
