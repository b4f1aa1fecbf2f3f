/**
 * A document whose blocks one quick pass has found, in parts that can be remembered: a keystroke then costs the
 * analysis of the sentences of one part.
 */
import type { Block } from './block';
import type { Directive } from './directives';

export interface BlockPart {
  start: number;
  source: string;
  /** Parts with equal keys have equal prose. */
  key(): string;
  /** Offsets in the part. */
  read(): { blocks: Block[]; directives: Directive[] };
}

/**
 * Blocks, and sentences, of a document that are read; what comes behind is left alone. A book has fewer, only a table
 * or a list of words has more.
 */
export const mostBlocks = 30_000;

/** Parts are at least this long (UTF-16 units). */
const shortestPart = 1500;

/**
 * Cut before blocks that go on with nothing before them.
 * @param blocks in order of their starts; one may lie inside of another
 */
export function blockParts(
  source: string,
  { blocks, directives }: { blocks: readonly Block[]; directives: readonly Directive[] },
): BlockPart[] {
  const parts: BlockPart[] = [];
  let first = 0;
  let from = 0;
  let nextDirective = 0;
  const close = (end: number, last: number): void => {
    const own: Directive[] = [];
    for (; nextDirective < directives.length && directives[nextDirective]!.start < end; nextDirective += 1)
      own.push(directives[nextDirective]!);
    const start = from;
    const text = source.slice(start, end);
    const inside = blocks.slice(first, last);
    parts.push({
      start,
      source: text,
      key: () => inside.reduce((key, block) => key + layoutOf(block, start), `${text}\0`),
      // Most parts of a document that is typed in are known already.
      read: () => ({
        blocks: inside.map((block) => movedBlock(block, -start)),
        directives: own.map((each) => ({ ...each, start: each.start - start, end: each.end - start })),
      }),
    });
    first = last;
    from = end;
  };
  let reach = 0;
  for (const [index, block] of blocks.entries()) {
    const isFree = block.start >= reach && !/^[^\p{L}]*\p{Ll}/u.test(block.text.slice(0, 60));
    if (isFree && block.start - from >= shortestPart) close(block.start, index);
    reach = Math.max(reach, block.end);
  }
  close(source.length, blocks.length);
  return parts;
}

function movedBlock(block: Block, by: number): Block {
  return {
    ...block,
    start: block.start + by,
    end: block.end + by,
    runs: block.runs.map((run) => ({
      ...run,
      sourceStart: run.sourceStart + by,
      sourceEnd: run.sourceEnd + by,
    })),
  };
}

/** All that a block adds to the source text: its kind, and what each run shows. Offsets count from `from`. */
function layoutOf({ kind, text, start, end, runs }: Block, from: number): string {
  let layout = `${kind} ${start - from} ${end - from} `;
  for (const { origin, viewStart, viewEnd, sourceStart } of runs)
    layout +=
      origin === 'synthetic'
        ? `${viewStart}:${text.slice(viewStart, viewEnd)},`
        : `${sourceStart - from}${origin[0]}${viewEnd},`;
  return `${layout}\n`;
}
