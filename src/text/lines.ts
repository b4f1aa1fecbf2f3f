/** Lines of a document with what readers of indented formats ask about. Offsets are UTF-16 units of the document. */

export interface Line {
  start: number;
  /** Without the line end. */
  end: number;
  /** Where its content starts: behind the indentation, and behind marks that a reader has taken away. */
  content: number;
  /** Column of the content, tabs to multiples of eight. */
  indent: number;
  /** Nothing in it, or nothing that a reader still has to look at. */
  blank: boolean;
}

const tabWidth = 8;

/** All lines, blank ones too; CR, LF and CRLF end one. */
export function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < source.length; ) {
    let end = start;
    while (end < source.length && source[end] !== '\n' && source[end] !== '\r') end += 1;
    lines.push(lineAt(source, start, end));
    start = source[end] === '\r' && source[end + 1] === '\n' ? end + 2 : end + 1;
  }
  return lines;
}

function lineAt(source: string, start: number, end: number): Line {
  let content = start;
  let indent = 0;
  for (; content < end; content += 1) {
    const character = source[content];
    if (character === '\t') indent = (Math.floor(indent / tabWidth) + 1) * tabWidth;
    else if (character === ' ') indent += 1;
    else if (!isInvisible(character!)) break;
  }
  return { start, end, content, indent, blank: content === end };
}

function isInvisible(character: string): boolean {
  return character === '\f' || character === '\v' || character === '\ufeff';
}

/** Where the text of [start, end) ends without blanks behind it. */
export function trimmedEnd(source: string, start: number, end: number): number {
  while (end > start && /\s/.test(source[end - 1]!)) end -= 1;
  return end;
}
