/** Cells of AsciiDoc's tables ("|==="), as the lines that each holds; CSV and other separators are left alone. */
import { type Line, trimmedEnd } from '../lines';

export interface Cell {
  lines: Line[];
  /** Holds blocks of AsciiDoc rather than one text. */
  isDocument: boolean;
}

/** A cell's mark with what is said about it: "|", "2+|", ".3+^.>s|", "3*|", "a|". */
const separator =
  /(?<=^|\s)(?:(\d{1,3})\*|(\d{1,3})?(?:\.\d{1,3})?\+)?(?:[<^>](?:\.[<^>])?|\.[<^>])?([a-z])?\||(?<!\\)\|/g;
const column = /^(?:(\d{1,3})\*)?[<^>.]{0,4}(?:\d{1,3}%?|~)?([a-z])?$/;
/** Styles whose text is code. */
const isCode = (style: string | undefined): boolean => style === 'm' || style === 'l';

/**
 * @param lines between the table's borders
 * @param attributes of the table, as they are written: '[cols="1,2a"]'
 */
export function tableCells(source: string, lines: readonly Line[], attributes: string): Cell[] {
  if (/\b(?:format|separator)\s*=/.test(attributes)) return [];
  const styles = columnStyles(attributes);
  const cells: (Cell & { style: string | undefined })[] = [];
  let at = 0;
  for (const line of lines) {
    const marks = [...source.slice(line.start, line.end).matchAll(separator)];
    const first = line.start + (marks[0]?.index ?? line.end - line.start);
    cells.at(-1)?.lines.push(slice(source, line.start, first));
    for (const [index, mark] of marks.entries()) {
      const style = mark[3] ?? styles[at % styles.length];
      at += Number(mark[1] ?? mark[2] ?? 1);
      const start = line.start + mark.index + mark[0].length;
      const next = marks[index + 1];
      const end = next === undefined ? line.end : line.start + next.index;
      cells.push({ lines: [{ ...slice(source, start, end), indent: 0 }], isDocument: style === 'a', style });
    }
  }
  return cells.filter(({ style }) => !isCode(style));
}

/** Styles of the columns that "cols" names, one for each; none where it names none. */
function columnStyles(attributes: string): (string | undefined)[] {
  const columns = /\bcols\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s,\]]{1,40}))/.exec(attributes);
  const written = columns?.[1] ?? columns?.[2] ?? columns?.[3] ?? '';
  return written.split(/[,;]/).flatMap((each) => {
    const match = column.exec(each.trim());
    return Array<string | undefined>(Number(match?.[1] ?? 1)).fill(match?.[2]);
  });
}

function slice(source: string, start: number, end: number): Line {
  const close = trimmedEnd(source, start, end);
  let content = start;
  while (content < close && /\s/.test(source[content]!)) content += 1;
  return { start, end: close, content, indent: content - start, blank: content >= close };
}
