/** Pure: lines and columns of offsets, as each kind of output counts them. */

export interface Position {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** From 1, in bytes of UTF-8. */
  byteColumn: number;
}

export class Positions {
  /** Where lines start; looked for with the first question, since most texts have nothing to tell. */
  private starts: number[] | undefined;

  constructor(private readonly text: string) {}

  /** @param offset in UTF-16 units */
  at(offset: number): Position {
    const starts = (this.starts ??= lineStarts(this.text));
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const before = this.text.slice(starts[low], offset);
    return { line: low + 1, column: before.length + 1, byteColumn: Buffer.byteLength(before, 'utf8') + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { 0: ending, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + ending.length);
  return starts;
}
