/**
 * Cells of reStructuredText's tables, as the lines that each of them holds. A table whose cells reach over rows, or
 * whose columns do not stand below each other as they are counted here, is left alone as a whole.
 */
import { type Line, trimmedEnd } from '../lines';

/** Column at which a line's content stands, and its text from there on; columns are UTF-16 units. */
const textOf = (source: string, { start, end }: Line): string => source.slice(start, end);

/** The lines of each cell, in order of rows. @param table its lines, first and last border included */
export function gridCells(source: string, table: readonly Line[]): Line[][] {
  const left = table[0]!.content - table[0]!.start;
  const cells: Line[][] = [];
  let border = textOf(source, table[0]!);
  let band: Line[] = [];
  for (const line of table.slice(1)) {
    const text = textOf(source, line);
    if (text[left] === '|') {
      band.push(line);
      continue;
    }
    if (!/^\+(?:[-=]+\+)+\s*$/.test(text.slice(left))) return [];
    const columns = columnsOf(border).filter((column) => band.every((each) => textOf(source, each)[column] === '|'));
    // A cell that goes on below a border, or a line that ends elsewhere.
    const last = border.trimEnd().length - 1;
    if (band.length > 0 && (columns[0] !== left || columns.at(-1) !== last)) return [];
    for (let index = 0; index + 1 < columns.length; index += 1)
      cells.push(slices(source, band, columns[index]! + 1, columns[index + 1]!));
    border = text;
    band = [];
  }
  return band.length > 0 || hasRowSpan(source, table) ? [] : cells;
}

function columnsOf(border: string): number[] {
  return Array.from(border.matchAll(/\+/g), ({ index }) => index);
}

/** A border inside of a line of text: "| a  +----+". */
function hasRowSpan(source: string, table: readonly Line[]): boolean {
  return table.some((line) => {
    const text = textOf(source, line).trim();
    return text.startsWith('|') && /[+|][-=]{3,}\+/.test(text);
  });
}

/** As `gridCells`, for a table whose borders are "====  ====". */
export function simpleCells(source: string, table: readonly Line[]): Line[][] {
  const columns = Array.from(textOf(source, table[0]!).matchAll(/=+/g), ({ index, 0: marks }) => ({
    start: index,
    end: index + marks.length,
  }));
  const rows: Line[][] = [];
  for (const line of table.slice(1)) {
    const text = textOf(source, line);
    if (/^[\s=-]*$/.test(text)) {
      rows.push([]);
      continue;
    }
    if (text.includes('\t')) return [];
    // What stands between two columns belongs to a cell that reaches over both.
    if (columns.slice(1).some(({ start }, index) => text.slice(columns[index]!.end, start).trim() !== '')) return [];
    const goesOn = text.slice(0, columns[0]!.end).trim() === '';
    if (goesOn && rows.length > 0) rows.at(-1)!.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) =>
    columns.map(({ start, end }, index) => slices(source, row, start, index + 1 < columns.length ? end : Infinity)),
  );
}

/** Of each line what stands from column `from` to `to`; indentation counts from the least one of them. */
function slices(source: string, lines: readonly Line[], from: number, to: number): Line[] {
  const cut = lines.map(({ start, end }): Line => {
    const first = Math.min(end, start + from);
    const last = trimmedEnd(source, first, Math.min(end, start + to));
    let content = first;
    while (content < last && /\s/.test(source[content]!)) content += 1;
    return { start: first, end: last, content, indent: content - first, blank: content >= last };
  });
  const least = Math.min(...cut.filter(({ blank }) => !blank).map(({ indent }) => indent));
  return cut.map((line) => ({ ...line, indent: line.blank ? 0 : line.indent - least }));
}
