/**
 * From the lines of a paragraph and the marks in them to a block: what is shown, what is
 * shown and kept, what is left out.
 */
import { type Block, BlockBuilder } from './block';
import type { Range } from './protect';
import type { BlockKind } from './types';

/** A source range that is no plain text. */
export interface Mark {
  start: number;
  end: number;
  /** `hidden`: left out of the view; `protected`: shown, never edited; `text`: shown instead, never edited. */
  shown: 'hidden' | 'protected' | { text: string };
}

/**
 * @param lines source ranges of the paragraph's lines without indentation and other prefixes, in order
 * @param marks sorted; of two that overlap the first one counts
 */
export function markedBlock(
  source: string,
  lines: readonly Range[],
  marks: readonly Mark[],
  kind: BlockKind,
): Block | undefined {
  const builder = new BlockBuilder(source);
  let next = 0;
  let at = lines[0]?.[0] ?? 0;
  for (const [index, [start, end]] of lines.entries()) {
    if (index > 0 && !hidesBreak(marks, next, lines[index - 1]![1], start))
      builder.stand(' ', lines[index - 1]![1], start);
    at = Math.max(at, start);
    while (next < marks.length && marks[next]!.end <= at) next += 1;
    for (let each = next; each < marks.length && marks[each]!.start < end; each += 1) {
      const { shown, ...mark } = marks[each]!;
      const from = Math.max(mark.start, at);
      const to = Math.min(mark.end, end);
      if (to <= from) continue;
      builder.copy(at, from, 'text');
      if (shown === 'protected') builder.copy(from, to, 'protected');
      else if (shown !== 'hidden' && mark.start === from) builder.stand(shown.text, from, to);
      at = to;
    }
    if (at < end) builder.copy(at, end, 'text');
    at = Math.max(at, end);
  }
  return lines.length === 0 ? undefined : builder.finish(kind, lines[0]![0], lines.at(-1)![1]);
}

/** Whether something that is not seen, or seen as something else, goes over the line break: then that is no blank. */
function hidesBreak(marks: readonly Mark[], from: number, end: number, start: number): boolean {
  for (let each = from; each < marks.length && marks[each]!.start <= end; each += 1)
    if (marks[each]!.end >= start && marks[each]!.shown !== 'protected') return true;
  return false;
}

/**
 * The text from the first line's start to the last one's end, as long as in the source, with blanks for all that stands
 * between the lines (line ends, indentation): patterns for marks see it as one line.
 */
export function joinedLines(source: string, lines: readonly Range[]): string {
  const parts: string[] = [];
  let at = lines[0]?.[0] ?? 0;
  for (const [start, end] of lines) {
    if (start > at) parts.push(' '.repeat(start - at));
    parts.push(source.slice(start, end));
    at = end;
  }
  return parts.join('');
}
