/**
 * A text that stands in strings of another language, escapes decoded, and where each of its characters comes from.
 * Readers read it like any other text; `inSource` then moves their blocks to the source, where escapes can be seen and
 * not edited.
 */
import type { Block, Run } from './block';

interface Segment {
  /** Offset in the text. */
  at: number;
  /** Length in the text. */
  length: number;
  sourceStart: number;
  sourceEnd: number;
  /** The same characters stand in the source. */
  same: boolean;
}

export class StringText {
  private readonly parts: string[] = [];
  private readonly segments: Segment[] = [];
  private length = 0;

  /** @param refused characters that would end the string in which the text stands */
  constructor(
    private readonly source: string,
    private readonly refused: string,
  ) {}

  get text(): string {
    return this.parts.join('');
  }

  /** Goes on with source[start, end) as it stands. */
  copy(start: number, end: number): void {
    if (end > start) this.push(this.source.slice(start, end), start, end, true);
  }

  /** Goes on with what the escape at [start, end) stands for. */
  escape(text: string, start: number, end: number): void {
    this.push(text, start, end, false);
  }

  private push(text: string, sourceStart: number, sourceEnd: number, same: boolean): void {
    this.segments.push({ at: this.length, length: text.length, sourceStart, sourceEnd, same });
    this.parts.push(text);
    this.length += text.length;
  }

  /** A block of this text as a block of the source. */
  inSource(block: Block): Block {
    const runs: Run[] = [];
    for (const run of block.runs) {
      if (run.origin === 'synthetic') {
        const [sourceStart, sourceEnd] = this.range(run.sourceStart, run.sourceEnd);
        runs.push({ ...run, sourceStart, sourceEnd });
        continue;
      }
      for (let index = this.indexOf(run.sourceStart); index < this.segments.length; index += 1) {
        const segment = this.segments[index]!;
        const from = Math.max(segment.at, run.sourceStart);
        const to = Math.min(segment.at + segment.length, run.sourceEnd);
        if (segment.at >= run.sourceEnd) break;
        if (to <= from) continue;
        const shift = segment.sourceStart - segment.at;
        runs.push({
          viewStart: run.viewStart + from - run.sourceStart,
          viewEnd: run.viewStart + to - run.sourceStart,
          sourceStart: segment.same ? from + shift : segment.sourceStart,
          sourceEnd: segment.same ? to + shift : segment.sourceEnd,
          origin: segment.same ? run.origin : 'synthetic',
        });
      }
    }
    const [start, end] = this.range(block.start, block.end);
    return { ...block, runs, start, end, refused: this.refused };
  }

  /** Where [start, end) of the text stands in the source. */
  range(start: number, end: number): [start: number, end: number] {
    if (this.segments.length === 0) return [0, 0];
    const first = this.segments[this.indexOf(start)]!;
    const last = this.segments[this.indexOf(Math.max(start, end - 1))]!;
    const from = first.same ? Math.min(first.sourceEnd, first.sourceStart + start - first.at) : first.sourceStart;
    const to = last.same ? Math.min(last.sourceEnd, last.sourceStart + end - last.at) : last.sourceEnd;
    return [from, Math.max(from, to)];
  }

  /** The segment in which the character at `at` stands. */
  private indexOf(at: number): number {
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.segments[middle]!.at <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
