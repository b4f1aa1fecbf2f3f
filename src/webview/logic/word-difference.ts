/** Which words two texts do not share, in order: the longest common subsequence of their words. Pure. */

/** Above this many cells nothing is compared and no word is marked. */
const mostCells = 2_000_000;

export interface WordDifference {
  /** For each word of the one and of the other text: it has no counterpart. */
  one: boolean[];
  other: boolean[];
  /** Words without a counterpart, both sides together. */
  count: number;
}

export function wordDifference(one: readonly string[], other: readonly string[]): WordDifference {
  const rows = one.length,
    columns = other.length,
    width = columns + 1;
  if ((rows + 1) * width > mostCells) return { one: one.map(() => false), other: other.map(() => false), count: 0 };
  const common = new Uint16Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      common[row * width + column] =
        one[row] === other[column]
          ? common[(row + 1) * width + column + 1]! + 1
          : Math.max(common[(row + 1) * width + column]!, common[row * width + column + 1]!);
    }
  }
  const marks: WordDifference = { one: one.map(() => true), other: other.map(() => true), count: 0 };
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (one[row] === other[column]) {
      marks.one[row++] = false;
      marks.other[column++] = false;
    } else if (common[(row + 1) * width + column]! >= common[row * width + column + 1]!) row++;
    else column++;
  }
  marks.count = [...marks.one, ...marks.other].filter(Boolean).length;
  return marks;
}

/** Words of a text with the white space before them; the texts joined are the whole again. */
export const wordsOf = (text: string): string[] => text.match(/(?<!\s)(?:\s*\S+|\s+$)/g) ?? [];
