/**
 * Searches in one text from left to right. Where the next mark of a kind stands, and where the paragraph ends, is
 * remembered, so that thousands of opening marks without a closing one cost one search and not thousands.
 */
export class Scan {
  private readonly marks = new Map<string, { from: number; at: number }>();
  private paragraph = { from: 0, end: -1 };
  private environments: Map<number, number> | undefined;

  /** Lines end with two characters, or with the other one: looking for one of them is quicker. */
  private readonly hasReturns: boolean;

  constructor(readonly text: string) {
    this.hasReturns = text.includes('\r');
  }

  /** Offset of the first `mark` in [from, limit); -1 where there is none. */
  find(mark: string, from: number, limit: number): number {
    let known = this.marks.get(mark);
    if (known === undefined || from < known.from || known.at < from) {
      const at = this.text.indexOf(mark, from);
      known = { from, at: at < 0 ? Number.POSITIVE_INFINITY : at };
      this.marks.set(mark, known);
    }
    return known.at < limit ? known.at : -1;
  }

  /** Where the next blank line begins, or the text ends. */
  paragraphEnd(at: number): number {
    if (at < this.paragraph.from || at > this.paragraph.end) {
      blankLine.lastIndex = at;
      this.paragraph = { from: at, end: blankLine.exec(this.text)?.index ?? this.text.length };
    }
    return this.paragraph.end;
  }

  lineEnd(at: number): number {
    if (!this.hasReturns) {
      const end = this.text.indexOf('\n', at);
      return end < 0 ? this.text.length : end;
    }
    lineBreak.lastIndex = at;
    return lineBreak.exec(this.text)?.index ?? this.text.length;
  }

  /** Start of the line after the one that ends at `lineEnd`. */
  nextLine(lineEnd: number): number {
    return this.text.startsWith('\r\n', lineEnd) ? lineEnd + 2 : lineEnd + 1;
  }

  /** Whether nothing but blanks stands between `at` and the end of its line. */
  endsLine(at: number): boolean {
    restOfLine.lastIndex = at;
    return restOfLine.test(this.text);
  }

  /** End of the LaTeX environment that `\begin{…}` opens at `at`; -1 where it is not closed. */
  environmentEnd(at: number): number {
    if (this.environments === undefined) {
      this.environments = new Map();
      const open = new Map<string, number[]>();
      for (const match of this.text.matchAll(/\\(begin|end)\{([A-Za-z]{1,40}\*?)\}/g)) {
        const starts = open.get(match[2]!) ?? [];
        if (match[1] === 'begin') open.set(match[2]!, [...starts.slice(-20), match.index]);
        else {
          const start = starts.pop();
          if (start !== undefined) this.environments.set(start, match.index + match[0].length);
        }
      }
    }
    return this.environments.get(at) ?? -1;
  }
}

const blankLine = /(?:\r\n|\n|\r(?!\n))(?=[ \t>]*(?:[\r\n]|$(?![\s\S])))/g;
const lineBreak = /[\r\n]/g;
const restOfLine = /[ \t]*(?:[\r\n]|$(?![\s\S]))/y;
