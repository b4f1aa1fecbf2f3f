/** A block of prose while it is being read: view text, and for each of its characters where it comes from. */
import type { BlockKind, Piece, Sentence } from './types';

/**
 * A run of view text and its origin.
 * `text`: the same characters stand in the source and may be edited; `protected`: the same characters, never edited;
 * `synthetic`: shown instead of different source text (a line break with its prefix as one space, a character
 * reference as its character). Synthetic text belongs to no `Piece`, so no edit can reach it.
 */
export interface Run {
  viewStart: number;
  viewEnd: number;
  sourceStart: number;
  sourceEnd: number;
  origin: 'text' | 'protected' | 'synthetic';
}

export interface Block {
  kind: BlockKind;
  text: string;
  /** In order; together they cover `text` without a gap. */
  runs: Run[];
  /** Source range of the block's content. */
  start: number;
  end: number;
  /** Characters that an edit must not bring in: they would end the string in which the text stands. */
  refused?: string;
}

/** Collects one block from left to right. */
export class BlockBuilder {
  private parts: string[] = [];
  private viewLength = 0;
  private lastCharacter = '';
  private runs: Run[] = [];

  constructor(private readonly source: string) {}

  get length(): number {
    return this.viewLength;
  }

  /** The source slice [start, end) as it stands. */
  copy(start: number, end: number, origin: 'text' | 'protected'): void {
    // Where markup was left out between two blanks ("see ![logo](a.png) here"), the view keeps one of them.
    if (origin === 'text' && (this.lastCharacter === ' ' || this.viewLength === 0)) {
      while (start < end && isBlank(this.source.charCodeAt(start)) && this.isAfterGap(start)) start += 1;
    }
    if (start >= end) return;
    this.push(this.source.slice(start, end), start, end, origin);
  }

  /** `text` stands for the different source slice [start, end). */
  stand(text: string, start: number, end: number): void {
    if (text === ' ' && (this.viewLength === 0 || this.lastCharacter === ' ')) return;
    if (text.length > 0) this.push(text, start, end, 'synthetic');
  }

  finish(kind: BlockKind, start: number, end: number): Block | undefined {
    const text = this.parts.join('');
    const block = text.trim() === '' ? undefined : { kind, text, runs: this.runs, start, end };
    this.parts = [];
    this.runs = [];
    this.viewLength = 0;
    this.lastCharacter = '';
    return block;
  }

  private isAfterGap(start: number): boolean {
    const last = this.runs[this.runs.length - 1];
    return last === undefined || last.origin === 'synthetic' || last.sourceEnd !== start;
  }

  private push(text: string, sourceStart: number, sourceEnd: number, origin: Run['origin']): void {
    const last = this.runs[this.runs.length - 1];
    const viewStart = this.viewLength;
    this.parts.push(text);
    this.viewLength += text.length;
    this.lastCharacter = text.charAt(text.length - 1);
    if (last !== undefined && last.origin === origin && origin !== 'synthetic' && last.sourceEnd === sourceStart) {
      last.viewEnd = this.viewLength;
      last.sourceEnd = sourceEnd;
    } else {
      this.runs.push({ viewStart, viewEnd: this.viewLength, sourceStart, sourceEnd, origin });
    }
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** The same block with the view ranges (sorted, not overlapping) protected as well. */
export function protect(block: Block, ranges: readonly (readonly [number, number])[]): Block {
  if (ranges.length === 0) return block;
  const runs: Run[] = [];
  let next = 0;
  for (const run of block.runs) {
    if (run.origin !== 'text') {
      runs.push(run);
      continue;
    }
    let from = run.viewStart;
    while (next < ranges.length && ranges[next]![1] <= from) next += 1;
    for (let index = next; index < ranges.length && ranges[index]![0] < run.viewEnd; index += 1) {
      const start = Math.max(ranges[index]![0], from);
      const end = Math.min(ranges[index]![1], run.viewEnd);
      if (start > from) runs.push(part(run, from, start, 'text'));
      if (end > start) runs.push(part(run, start, end, 'protected'));
      from = Math.max(from, end);
    }
    if (from < run.viewEnd) runs.push(part(run, from, run.viewEnd, 'text'));
  }
  return { ...block, runs };
}

function part(run: Run, viewStart: number, viewEnd: number, origin: Run['origin']): Run {
  const shift = run.sourceStart - run.viewStart;
  return { viewStart, viewEnd, sourceStart: viewStart + shift, sourceEnd: viewEnd + shift, origin };
}

/** The same block with the source ranges (sorted, not overlapping) protected as well. */
export function protectSource(block: Block, ranges: readonly (readonly [number, number])[]): Block {
  const viewRanges: [number, number][] = [];
  for (const run of block.runs) {
    for (const [start, end] of ranges) {
      if (run.origin !== 'text' || start >= run.sourceEnd || end <= run.sourceStart) continue;
      const shift = run.viewStart - run.sourceStart;
      viewRanges.push([Math.max(start, run.sourceStart) + shift, Math.min(end, run.sourceEnd) + shift]);
    }
  }
  return protect(block, viewRanges);
}

/**
 * View text in which every protected character is the given one, for code that looks at words and sentence ends only.
 */
export function maskProtected(block: Block, mask: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { origin, viewStart, viewEnd } of block.runs) {
    if (origin !== 'protected') continue;
    parts.push(block.text.slice(at, viewStart), mask.repeat(viewEnd - viewStart));
    at = viewEnd;
  }
  return at === 0 ? block.text : parts.join('') + block.text.slice(at);
}

/**
 * The sentences of a block at the given view ranges (sorted, not overlapping, without blanks at their ends).
 * @param names sorted view ranges of names in the block
 */
export function cutSentences(
  block: Block,
  ranges: readonly (readonly [number, number])[],
  blockIndex: number,
  names: readonly (readonly [number, number])[] = [],
): Sentence[] {
  const sentences: Sentence[] = [];
  let first = 0;
  let firstName = 0;
  let sourceStart = block.start;
  for (let index = 0; index < ranges.length; index += 1) {
    const [start, end] = ranges[index]!;
    while (first < block.runs.length && block.runs[first]!.viewEnd <= start) first += 1;
    const pieces: Piece[] = [];
    let run = first;
    for (; run < block.runs.length && block.runs[run]!.viewStart < end; run += 1) {
      const current = block.runs[run]!;
      if (current.origin === 'synthetic') continue;
      const from = Math.max(current.viewStart, start);
      const to = Math.min(current.viewEnd, end);
      const piece: Piece = {
        viewStart: from - start,
        sourceStart: current.sourceStart + from - current.viewStart,
        length: to - from,
        protected: current.origin === 'protected',
      };
      const last = pieces[pieces.length - 1];
      if (
        last !== undefined &&
        last.protected === piece.protected &&
        last.viewStart + last.length === piece.viewStart &&
        last.sourceStart + last.length === piece.sourceStart
      )
        last.length += piece.length;
      else pieces.push(piece);
    }
    while (firstName < names.length && names[firstName]![1] <= start) firstName += 1;
    const own: [number, number][] = [];
    for (let name = firstName; name < names.length && names[name]![0] < end; name += 1)
      own.push([Math.max(0, names[name]![0] - start), Math.min(end, names[name]![1]) - start]);
    const next = ranges[index + 1];
    const sourceEnd = next === undefined ? block.end : sourceBefore(block, end, next[0]);
    sentences.push({
      text: block.text.slice(start, end),
      pieces,
      block: block.kind,
      blockIndex,
      start: sourceStart,
      end: sourceEnd,
      ...(own.length > 0 ? { names: own } : {}),
      ...(block.refused === undefined ? {} : { refused: block.refused }),
    });
    if (next !== undefined) sourceStart = Math.max(sourceEnd, sourceAfter(block, end, next[0]));
  }
  return sentences;
}

/** Where the source of the text before the gap [gapStart, gapEnd) ends, closing markup included. */
function sourceBefore(block: Block, gapStart: number, gapEnd: number): number {
  const run = runAt(block, gapEnd > gapStart ? gapStart : gapStart - 1);
  if (gapEnd > gapStart)
    return run.origin === 'synthetic' ? run.sourceStart : run.sourceStart + gapStart - run.viewStart;
  return run.origin === 'synthetic' ? run.sourceEnd : run.sourceStart + gapStart - run.viewStart;
}

/** Where the source of the text after the gap starts, opening markup included. */
function sourceAfter(block: Block, gapStart: number, gapEnd: number): number {
  const run = runAt(block, gapEnd - 1);
  if (gapEnd > gapStart && run.origin === 'synthetic') return run.sourceEnd;
  return run.origin === 'synthetic' ? run.sourceEnd : run.sourceStart + gapEnd - run.viewStart;
}

function runAt(block: Block, view: number): Run {
  let low = 0;
  let high = block.runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (block.runs[middle]!.viewStart <= view) low = middle;
    else high = middle - 1;
  }
  return block.runs[low]!;
}
