/**
 * Source code in parts. After a keystroke only the comments at the changed place are read: parts before and behind it
 * are those of the text before, the same objects, as long as they are the same in it.
 */
import type { CodeFormat } from '../../protocol/formats';
import { BlockCutter, blockParts, mostBlocks } from '../block-parts';
import type { Parts, ProsePart } from '../part-content';
import { commentsOf, codeBlocks, linesOfCode, readComments, readGroupAt, reachBehind } from './code';
import { changeOf, type Found } from './found-comments';

/** A part, and with which comment it begins; undefined where it begins inside of one. */
interface CodePart extends ProsePart {
  /** Index of the comment. */
  first: number | undefined;
  /** Blocks in it. */
  blocks: number;
}

/** The parts of a source text, and what the next reading needs to know of it. */
export interface CodeCut extends Parts {
  /** Left out where the next text is read as a whole. */
  of?: { source: string; found: readonly Found[]; parts: readonly CodePart[] };
}

/**
 * The same as `codeBlocks` cut into parts.
 * @param before of an earlier text of the same format
 * @throws Error before `grammarReady(format)` has resolved
 */
export function codeParts(source: string, format: CodeFormat, before?: CodeCut): CodeCut {
  const lines = linesOfCode(source);
  // So many comments that not all of them are read are hardly ever there.
  if (lines === undefined || lines > mostBlocks) return blockParts(source, codeBlocks(source, format), true);
  const found = commentsOf(source, format);
  if (found === undefined) return { parts: [], unread: [[0, source.length]] };
  if (found.some(({ kind }) => kind === 'text')) return blockParts(source, readComments(source, found), true);
  const parts = new PartsOfComments(source, found, before?.of).read();
  if (parts === undefined) return blockParts(source, readComments(source, found), true);
  return { parts, unread: [], of: { source, found, parts } };
}

/** So much of the comments of two texts is the same at both ends, with what stands behind each of them. */
interface SameComments {
  /** So many at the beginning. */
  ahead: number;
  /** So many at the end; they stand so much farther behind. */
  behind: number;
  by: number;
}

class PartsOfComments {
  private readonly parts: CodePart[] = [];
  /** Blocks of the parts so far, and of the one that is open. */
  private total = 0;
  private open = 0;

  constructor(
    private readonly source: string,
    private readonly found: readonly Found[],
    private readonly old: CodeCut['of'],
  ) {}

  /** undefined where there are more blocks than are read. */
  read(): CodePart[] | undefined {
    const { source, found } = this;
    const same = this.old && sameComments(this.old, { source, found });
    const [begin, from] = same === undefined ? [0, 0] : this.takeAhead(same);
    let at = begin;
    let first: number | undefined = begin;
    const cutter = new BlockCutter(source, true, from);
    while (at < found.length) {
      const { blocks, directives, next } = readGroupAt(source, found, at);
      cutter.addDirectives(directives);
      for (const [index, block] of blocks.entries()) {
        if (cutter.add(block)) {
          this.push(cutter.parts.at(-1)!, first);
          first = index === 0 ? at : undefined;
          if (same !== undefined && first !== undefined && this.takeBehind(same, first, block.start))
            return this.whole();
        }
        this.open += 1;
      }
      if (this.total + this.open > mostBlocks) return undefined;
      at = next;
    }
    cutter.close(source.length);
    this.push(cutter.parts.at(-1)!, first);
    return this.whole();
  }

  private whole(): CodePart[] | undefined {
    return this.total > mostBlocks ? undefined : this.parts;
  }

  private push(part: ProsePart, first: number | undefined): void {
    this.parts.push({ ...part, first, blocks: this.open });
    this.total += this.open;
    this.open = 0;
  }

  /**
   * Takes over parts before the change; with which comment, and where, the next part begins. It is cut there as before,
   * since the comment there, all those that go on with it and the one behind them are what they were.
   */
  private takeAhead({ ahead }: SameComments): [first: number, start: number] {
    const { parts } = this.old!;
    const isAhead = ({ first }: CodePart): boolean => first !== undefined && first < ahead;
    const last = parts.findLastIndex(isAhead);
    const next = parts.slice(0, Math.max(0, last)).findLastIndex(isAhead);
    if (next <= 0) return [0, 0];
    for (const part of parts.slice(0, next)) {
      this.parts.push(part);
      this.total += part.blocks;
    }
    return [parts[next]!.first!, parts[next]!.start];
  }

  /** Takes over all parts from a cut on, where the text before was cut at the same place behind the change. */
  private takeBehind({ behind, by }: SameComments, first: number, start: number): boolean {
    const { parts, found } = this.old!;
    if (first < this.found.length - behind) return false;
    const more = this.found.length - found.length;
    const at = parts.findIndex((part) => part.first === first - more && part.start === start - by);
    if (at < 0) return false;
    for (const part of parts.slice(at)) {
      this.parts.push({
        ...part,
        start: part.start + by,
        first: part.first === undefined ? undefined : part.first + more,
      });
      this.total += part.blocks;
    }
    return true;
  }
}

interface Read {
  source: string;
  found: readonly Found[];
}

function sameComments(old: Read, now: Read): SameComments {
  const change = changeOf(old.source, now.source);
  const by = now.source.length - old.source.length;
  const [before, after] = [old.found, now.found];
  const shorter = Math.min(before.length, after.length);
  let ahead = 0;
  while (
    ahead < shorter &&
    after[ahead]!.end + reachBehind <= change.start &&
    isSame(before[ahead]!, after[ahead]!, 0, 0)
  )
    ahead += 1;
  const rows = (after.at(-1)?.row ?? 0) - (before.at(-1)?.row ?? 0);
  let behind = 0;
  while (behind < shorter - ahead) {
    const [one, other] = [before[before.length - 1 - behind]!, after[after.length - 1 - behind]!];
    // The first line of a text is read in its own way.
    if (other.start < change.end || one.row === 0 || other.row === 0 || !isSame(one, other, by, rows)) break;
    behind += 1;
  }
  return { ahead, behind, by };
}

const isSame = (one: Found, other: Found, by: number, rows: number): boolean =>
  one.kind === other.kind &&
  one.start + by === other.start &&
  one.end + by === other.end &&
  one.row + rows === other.row &&
  one.column === other.column;
