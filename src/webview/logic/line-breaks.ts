/**
 * Share of a line that is filled at first: words grow and shrink from step to step, and should
 * not break their line for it.
 */
const filled = 0.92;

/**
 * How many words stand in each line, first to last; a word that is wider than a line has one of its own.
 * @param widths pixels of each word
 * @param available pixels of a line
 * @param gap pixels between two words
 */
export function lineBreaks(widths: readonly number[], available: number, gap: number): number[] {
  const lines: number[] = [];
  let used = 0;
  for (const width of widths) {
    if (lines.length > 0 && used + gap + width <= filled * available) {
      lines[lines.length - 1]!++;
      used += gap + width;
    } else {
      lines.push(1);
      used = width;
    }
  }
  return lines;
}
