/**
 * Which brace closes which, and where environments, arguments and formulas end: one pass over the source, so that
 * half-written ones cost nothing.
 */
import { inlineVerbatim, verbatimEnvironments } from './commands';

/** What a `\fi` ends; `\iff` is a sign, and `\ifthenelse` takes arguments. */
const condition = /^\\if(?!f$|thenelse$)[A-Za-z]*$/;

export class LatexStructure {
  private readonly closing = new Map<number, number>();
  private readonly switchedOff = new Map<number, number>();
  /** Environments of which no further end stands in the source. */
  private readonly unended = new Set<string>();

  constructor(private readonly source: string) {
    const open: number[] = [];
    /** Of `\iffalse` where what it switches off begins, of others nothing. */
    const conditions: (number | undefined)[] = [];
    for (const { index, 0: token } of source.matchAll(/\\(?:[A-Za-z]+|[^])|[%{}]/g)) {
      if (index < this.skipped) continue;
      if (token === '%') this.skipped = this.lineEnd(index);
      else if (token === '{') open.push(index);
      else if (token === '}') {
        const start = open.pop();
        if (start !== undefined) this.closing.set(start, index);
      } else if (inlineVerbatim.has(token.slice(1))) {
        const end = index + token.length;
        if (this.source[this.optionEnd(end)] !== '{') this.skipped = this.verbEnd(end);
      } else if (condition.test(token)) conditions.push(token === '\\iffalse' ? index + token.length : undefined);
      else if (token === '\\fi' || token === '\\else') {
        const start = token === '\\fi' ? conditions.pop() : conditions.at(-1);
        if (start !== undefined && !this.switchedOff.has(start)) this.switchedOff.set(start, index + token.length);
      } else if (token === '\\begin') {
        const name = this.environmentAt(index + token.length)?.name;
        if (name !== undefined && verbatimEnvironments.has(name.replace('*', '')))
          this.skipped = this.environmentEnd(name, index)?.start ?? index;
      }
    }
  }

  /** Up to here the pass above has nothing to look at. */
  private skipped = 0;

  /** Where the group that opens at `at` ends, its brace included; the end of the line for one that is never closed. */
  groupEnd(at: number): number {
    const end = this.closing.get(at);
    return end === undefined ? this.lineEnd(at) : end + 1;
  }

  /** Where "[…]" at `at` ends; `at` when it is none. Braces inside of it hold their content together. */
  optionEnd(at: number): number {
    if (this.source[at] !== '[') return at;
    for (let index = at + 1; index < this.source.length && index < at + 2000; index += 1) {
      const character = this.source[index];
      if (character === '\\') index += 1;
      else if (character === '{') index = Math.max(index, this.groupEnd(index) - 1);
      else if (character === ']') return index + 1;
      else if (character === '\n' && /^[ \t\r]*\n/.test(this.source.slice(index + 1, index + 40))) break;
    }
    return at;
  }

  /** Name of "{name}" at `at`, and where it ends. */
  environmentAt(at: number): { name: string; end: number } | undefined {
    const match = /^\s{0,10}\{([A-Za-z0-9@*_-]{1,40})\}/.exec(this.source.slice(at, at + 60));
    return match === null ? undefined : { name: match[1]!, end: at + match[0].length };
  }

  /** The next "\end{name}" from `at` on. */
  environmentEnd(name: string, at: number): { start: number; end: number } | undefined {
    if (this.unended.has(name)) return undefined;
    const mark = `\\end{${name}}`;
    const start = this.source.indexOf(mark, at);
    if (start < 0) {
      this.unended.add(name);
      return undefined;
    }
    return { start, end: start + mark.length };
  }

  /** Where the text between the marks of `\verb` and its like ends. @param at behind the command */
  verbEnd(at: number): number {
    const start = this.optionEnd(this.source[at] === '*' ? at + 1 : at);
    const mark = this.source[start];
    if (mark === '{') return this.groupEnd(start);
    const line = this.lineEnd(start);
    if (mark === undefined || /[\sA-Za-z]/.test(mark)) return at;
    const end = this.source.indexOf(mark, start + 1);
    return end < 0 || end > line ? line : end + 1;
  }

  /** Where what `\iffalse` switches off ends, its `\fi` or `\else` included; `at` where it has none. */
  switchedOffEnd(at: number): number {
    return this.switchedOff.get(at) ?? at;
  }

  lineEnd(at: number): number {
    let end = at;
    while (end < this.source.length && this.source[end] !== '\n' && this.source[end] !== '\r') end += 1;
    return end;
  }

  /** Inline math ends in its paragraph; undefined for a dollar without a partner. */
  mathEnd(at: number, mark: string): number | undefined {
    const from = at + mark.length;
    const limit = Math.min(this.source.length, from + (mark === '$' ? 1000 : 5000));
    for (let index = from; index < limit; index += 1) {
      const character = this.source[index];
      if (character === '\\') index += 1;
      else if (character === '$') return this.source.startsWith(mark, index) ? index + mark.length : undefined;
      else if (character === '\n' && /^[ \t\r]*\n/.test(this.source.slice(index + 1, index + 40))) return undefined;
    }
    return undefined;
  }

  /** Behind all arguments of a command. */
  argumentsEnd(at: number): number {
    let end = at;
    for (let count = 0; count < 9; count += 1) {
      const option = this.optionEnd(end);
      if (option > end) end = option;
      else if (this.source[end] === '{') end = this.groupEnd(end);
      else break;
    }
    return end;
  }

  /** "\newcommand{\x}[1]{…}", "\def\x#1{…}", "\let\x=\y". */
  definitionEnd(at: number): number {
    const head = /^\s{0,5}(?:\\[A-Za-z@]+\s{0,5})?(?:[#\d]{0,20})(?:=?\s?\\[A-Za-z@]+)?/.exec(
      this.source.slice(at, at + 120),
    )!;
    let end = at + head[0].length;
    for (let count = 0; count < 9; count += 1) {
      const next = this.afterBlanks(end);
      const after = this.argumentsEnd(next);
      if (after === next) break;
      end = after;
    }
    return end;
  }

  /** At most one line end is skipped. */
  afterBlanks(at: number): number {
    return at + /^[ \t]*(?:\r\n|\n|\r)?[ \t]*/.exec(this.source.slice(at, at + 200))![0].length;
  }

  paragraphEnd(at: number): number {
    const blank = /\n[ \t\r]*\n/.exec(this.source.slice(at, at + 5000));
    return blank === null ? Math.min(this.source.length, at + 5000) : at + blank.index;
  }
}
