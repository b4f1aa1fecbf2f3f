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
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (const { 0: ending, index } of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(index + ending.length);
  }

  /** @param offset in UTF-16 units */
  at(offset: number): Position {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const before = this.text.slice(this.starts[low], offset);
    return { line: low + 1, column: before.length + 1, byteColumn: Buffer.byteLength(before, 'utf8') + 1 };
  }
}
