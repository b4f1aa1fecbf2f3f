/**
 * A document whose blocks one quick pass has found, in parts that can be remembered: a keystroke then costs the
 * analysis of the sentences of one part.
 */
import type { Block } from './block';
import type { Directive } from './directives';
import { copied, PartContent, type Parts, type ProsePart } from './part-content';
import type { Range } from './protect';

/**
 * Blocks, and sentences, of a document that are read; what comes behind is left alone. A book has fewer, only a table
 * or a list of words has more.
 */
export const mostBlocks = 30_000;

/** Parts are at least this long (UTF-16 units). */
const shortestPart = 1500;

/** What was found in a document; `unread`: ranges that would take too long. */
export interface FoundBlocks {
  blocks: readonly Block[];
  directives: readonly Directive[];
  unread?: readonly Range[];
}

/** Cuts a document before blocks that go on with nothing before them; it is given the blocks in order. */
export class BlockCutter {
  readonly parts: ProsePart[] = [];
  private blocks: Block[] = [];
  private directives: Directive[] = [];
  private reach = 0;

  /** @param from where the first part begins; no block of before reaches behind it */
  constructor(
    private readonly source: string,
    private readonly isPlain: boolean,
    private from = 0,
  ) {}

  /** Whether the document was cut before the block, which may lie inside of an earlier one. */
  add(block: Block): boolean {
    const isFree = block.start >= this.reach && !/^[^\p{L}]*\p{Ll}/u.test(block.text.slice(0, 60));
    const isCut = isFree && block.start - this.from >= shortestPart;
    if (isCut) this.close(block.start);
    this.reach = Math.max(this.reach, block.end);
    this.blocks.push(block);
    return isCut;
  }

  addDirectives(directives: readonly Directive[]): void {
    this.directives.push(...directives);
  }

  /** Ends the part that is open. */
  close(end: number): void {
    const [start, blocks] = [this.from, this.blocks];
    const first = this.directives.findIndex((each) => each.start >= end);
    const directives = this.directives.splice(0, first < 0 ? this.directives.length : first);
    const text = this.source.slice(start, end);
    const content = new PartContent(text.length, {
      key: () => blocks.reduce((key, block) => key + layoutOf(block, start), `${text}\0`),
      // Most parts of a document that is typed in are known already.
      blocks: () => ({
        source: copied(text),
        blocks: blocks.map((block) => movedBlock(block, -start)),
        directives: directives.map((each) => ({ ...each, start: each.start - start, end: each.end - start })),
      }),
      isPlain: this.isPlain,
    });
    this.parts.push({ start, content });
    this.blocks = [];
    this.from = end;
  }
}

/** A document whose blocks are all found at once. @param isPlain as `sentencesOf` takes it */
export function blockParts(source: string, { blocks, directives, unread = [] }: FoundBlocks, isPlain = false): Parts {
  const cutter = new BlockCutter(source, isPlain);
  cutter.addDirectives(directives);
  for (const block of blocks.slice(0, mostBlocks)) cutter.add(block);
  cutter.close(source.length);
  const first = blocks[mostBlocks];
  return { parts: cutter.parts, unread: first === undefined ? [...unread] : [...unread, [first.start, source.length]] };
}

function movedBlock(block: Block, by: number): Block {
  return {
    ...block,
    text: copied(block.text),
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
