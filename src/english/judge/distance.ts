/** How far two spellings are apart. */

/** Optimal string alignment distance: insertions, deletions, substitutions, neighbours swapped. O(n·m), words only. */
export function distance(before: string, after: string): number {
  const a = before.slice(0, 64);
  const b = after.slice(0, 64);
  const width = b.length + 1;
  const table = new Int32Array((a.length + 1) * width); // [a + 1, b + 1]
  for (let row = 0; row <= a.length; row += 1) table[row * width] = row;
  for (let column = 0; column <= b.length; column += 1) table[column] = column;
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(
        table[(row - 1) * width + column]! + 1,
        table[row * width + column - 1]! + 1,
        table[(row - 1) * width + column - 1]! + cost,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, table[(row - 2) * width + column - 2]! + 1);
      table[row * width + column] = best;
    }
  }
  return table[a.length * width + b.length]!;
}
