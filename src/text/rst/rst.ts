/**
 * Prose of reStructuredText: paragraphs, titles, lists, notes and the content of directives that hold prose. Comments,
 * targets, literal blocks, options and all other directives stay as they are. A scanner of its own, since no
 * package tells where in the source its text stood.
 */
import type { Block } from '../block';
import { type Directive, lineDirective } from '../directives';
import { joinedLines, markedBlock } from '../inline-marks';
import { type Line, linesOf, trimmedEnd } from '../lines';
import type { Range } from '../protect';
import type { BlockKind } from '../types';
import { directiveProse, isProseField } from './directives';
import { rstMarks } from './inline';
import { gridCells, simpleCells } from './tables';

const adornment = /^([!-/:-@[-`{-~])\1*$/;
const bullet = /^[-*+•‣⁃](?:[ \t]+|$)/;
const enumerator = /^\(?(?:\d{1,4}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,6}|#)[.)](?:[ \t]+|$)/;
const field = /^:(?![:\s])((?:[^:\\]|\\.|:(?!\s|$|`)){1,120}):(?:[ \t]+|$)/;
const option =
  /^(?:(?:--?|\/)[A-Za-z?#][\w-]{0,40}(?:[ =](?:<[^<>]{1,40}>|[A-Za-z][\w-]{0,40}))?(?:, )?){1,6}(?: {2,}|\t|$)/;
const target = /^(?:_(?:`[^`]{1,200}`|(?:[^:\\]|\\.|:(?!\s|$)){1,200}):(?:\s|$)|__(?::|\s))/;
const note = /^\[(?:\d{1,4}|#[\w-]{0,60}|\*|[A-Za-z][\w.+-]{0,60})\](?:[ \t]+|$)/;
const directive = /^([A-Za-z](?:[\w.+:-]{0,60}\w)?)[ \t]?::(?:[ \t]+|$)/;
const gridTable = /^\+(?:[-=]{2,}\+)+$/;
const simpleTable = /^={2,}(?:[ \t]+={2,})+$/;
/** How a command is called: "$ name", "name [options] <file>". */
const usage =
  /^(?:\$[ \t]+\S|[a-z][\w.-]{0,40}(?: [a-z][\w-]{0,40})?(?: (?:\[[^\]]{1,60}\]|<[^<>]{1,60}>)(?:\.{3})?)+(?: [^.]{0,200})?$)/;
const versionNumber = /^(?:(?:v?\d[\w.+-]*|\|[^|]{1,40}\||next|unreleased),?(?:[ \t]+|$)){1,2}/i;
/** Underlines shorter than their titles are a fault that docutils forgives from here on. */
const shortestUnderline = 3;

/** @param lines of `source`, or of a docstring in it; they are changed */
export function rstBlocks(source: string, lines = linesOf(source)): { blocks: Block[]; directives: Directive[] } {
  return new RstReader(source, lines).read();
}

class RstReader {
  private readonly blocks: Block[] = [];
  private readonly directives: Directive[] = [];

  constructor(
    private readonly source: string,
    private readonly lines: Line[],
  ) {}

  read(): { blocks: Block[]; directives: Directive[] } {
    this.body(0, this.lines.length, 0, 'paragraph', 0);
    return { blocks: this.blocks, directives: this.directives };
  }

  private text(at: number): string {
    const line = this.lines[at];
    return line === undefined ? '' : this.source.slice(line.content, trimmedEnd(this.source, line.content, line.end));
  }

  /** The lines [first, last), whose content stands at `indent` or further right. */
  private body(first: number, last: number, indent: number, kind: BlockKind, depth: number): void {
    // Deeper than anybody writes: left alone.
    if (depth > 40) return;
    for (let at = first; at < last; ) {
      const line = this.lines[at]!;
      if (line.blank) at += 1;
      else if (line.indent > indent) {
        const end = this.blockEnd(at + 1, last, indent);
        this.body(at, end, this.leastIndent(at, end), kind === 'paragraph' ? 'quote' : kind, depth + 1);
        at = end;
      } else at = this.element(at, last, indent, kind, depth);
    }
  }

  /** One element of a body; the line after it. */
  private element(at: number, last: number, indent: number, kind: BlockKind, depth: number): number {
    const text = this.text(at);
    if (/^\.\.(?:[ \t]|$)/.test(text)) return this.explicit(at, last, indent, depth);
    if (/^__[ \t]/.test(text)) return at + 1;
    if (text.startsWith('>>> ')) return this.untilBlank(at, last);
    // Markdown's fence, in docstrings.
    if (/^(?:```|~~~)/.test(text)) return this.afterFence(at, last, text);
    if (usage.test(text) && (at + 1 >= last || this.lines[at + 1]!.blank)) return at + 1;
    if (gridTable.test(text)) return this.table(at, this.untilBlank(at, last), gridCells);
    if (simpleTable.test(text)) return this.table(at, this.afterSimpleTable(at, last), simpleCells);
    if (adornment.test(text) && text.length >= shortestUnderline) {
      const isOver = at + 2 < last && !this.lines[at + 1]!.blank && this.text(at + 2)[0] === text[0];
      if (!isOver || !adornment.test(this.text(at + 2))) return at + 1;
      this.paragraph([at + 1], 'heading');
      return at + 3;
    }
    const under = this.text(at + 1);
    if (
      at + 1 < last &&
      adornment.test(under) &&
      under !== '::' &&
      (under.length >= text.length || under.length > shortestUnderline)
    ) {
      this.paragraph([at], 'heading');
      return at + 2;
    }
    const mark =
      bullet.exec(text)?.[0] ?? (this.isEnumerated(at, last, indent) ? enumerator.exec(text)![0] : undefined);
    if (mark !== undefined) return this.item(at, last, indent, mark.length, depth);
    const named = field.exec(text);
    if (named !== null) {
      if (isProseField(named[1]!)) return this.item(at, last, indent, named[0].length, depth);
      return this.blockEnd(at + 1, last, indent);
    }
    const options = option.exec(text);
    if (options !== null) return this.item(at, last, indent, options[0].length, depth);
    if (/^\|(?:[ \t]|$)/.test(text)) {
      this.lines[at]!.content += 1;
      if (text !== '|') this.paragraph([at], 'other');
      return at + 1;
    }
    return this.paragraphs(at, last, indent, kind, depth);
  }

  /** A paragraph and what hangs on it: the definition of a term, a literal block. */
  private paragraphs(at: number, last: number, indent: number, kind: BlockKind, depth: number): number {
    let end = at + 1;
    while (end < last && !this.lines[end]!.blank && this.lines[end]!.indent <= indent && !this.isItem(end)) end += 1;
    const isTerm = end === at + 1 && end < last && !this.lines[end]!.blank && !this.text(at).endsWith('::');
    if (isTerm) {
      const term = this.text(at);
      // "name : type" of NumPy and single words are names.
      if (/\s/.test(term) && !/\s:\s/.test(term)) this.paragraph([at], 'other');
      const close = this.blockEnd(end, last, indent);
      this.body(end, close, this.leastIndent(end, close), kind, depth + 1);
      return close;
    }
    const own = Array.from({ length: end - at }, (_, index) => at + index);
    const isLiteral = this.text(end - 1).endsWith('::');
    if (isLiteral && this.text(end - 1) === '::') own.pop();
    this.paragraph(own, kind);
    return isLiteral ? this.afterLiteral(end, last, indent) : end;
  }

  private afterLiteral(at: number, last: number, indent: number): number {
    let first = at;
    while (first < last && this.lines[first]!.blank) first += 1;
    if (first >= last) return last;
    if (this.lines[first]!.indent > indent) return this.blockEnd(first, last, indent);
    // A quoted literal block: each line begins with the same mark.
    const quote = this.text(first)[0]!;
    if (!/[!-/:-@[-`{-~]/.test(quote) || first === at) return first;
    let end = first;
    while (end < last && !this.lines[end]!.blank && this.text(end)[0] === quote) end += 1;
    return end - first > 1 || /[>|#%]/.test(quote) ? end : first;
  }

  /**
   * An item of a list, a field or an option: its first line without the mark of `length` characters,
   * and what is indented below it.
   */
  private item(at: number, last: number, indent: number, length: number, depth: number): number {
    const end = this.blockEnd(at + 1, last, indent);
    this.enter(at, end, length, 'list-item', depth);
    return end;
  }

  /** Reads [at, end) with the first line's content moved on by `length`. */
  private enter(at: number, end: number, length: number, kind: BlockKind, depth: number): void {
    const line = this.lines[at]!;
    line.content += length;
    line.blank = line.content >= trimmedEnd(this.source, line.start, line.end);
    // What goes on may stand further left than the first line's content (notes, fields).
    line.indent = Math.min(line.indent + length, this.leastIndent(at + 1, end));
    this.body(at, end, line.indent, kind, depth + 1);
  }

  private explicit(at: number, last: number, indent: number, depth: number): number {
    const text = this.text(at);
    // An empty comment ends nothing but itself.
    if (text === '..' && (at + 1 >= last || this.lines[at + 1]!.blank)) return at + 1;
    const end = this.blockEnd(at + 1, last, indent);
    const lead = /^\.\.[ \t]*/.exec(text)![0].length;
    const rest = text.slice(lead);
    const named = directive.exec(rest);
    const noted = note.exec(rest);
    if (noted !== null) this.enter(at, end, lead + noted[0].length, 'other', depth);
    else if (named !== null && !target.test(rest)) this.directive(at, end, named[1]!, lead + named[0].length, depth);
    else {
      const name = lineDirective(rest);
      if (name !== undefined) this.directives.push({ name, start: this.lines[at]!.content, end: this.lines[at]!.end });
    }
    return end;
  }

  /** @param length of all before the argument */
  private directive(at: number, end: number, name: string, length: number, depth: number): void {
    const prose = directiveProse(name);
    if (prose === undefined) return;
    const argument = this.text(at).slice(length);
    // Options, or the argument's further lines, up to the first blank line.
    for (let next = at + 1; next < end && !this.lines[next]!.blank; next += 1) {
      if (prose === 'content' || field.test(this.text(next))) this.lines[next]!.blank = true;
      else break;
    }
    if (prose === 'all') this.enter(at, end, length, 'paragraph', depth);
    else if (prose === 'version')
      this.enter(at, end, length + (versionNumber.exec(argument)?.[0].length ?? argument.length), 'other', depth);
    else {
      if (prose === 'title' && argument !== '') {
        this.lines[at]!.content += length;
        this.paragraph([at], 'heading');
      }
      this.body(at + 1, end, this.leastIndent(at + 1, end), 'paragraph', depth + 1);
    }
  }

  /** First line from `at` on whose content stands at `indent` or further left. */
  private blockEnd(at: number, last: number, indent: number): number {
    let end = at;
    while (end < last && (this.lines[end]!.blank || this.lines[end]!.indent > indent)) end += 1;
    return end;
  }

  private leastIndent(first: number, last: number): number {
    let least = Infinity;
    for (let at = first; at < last; at += 1)
      if (!this.lines[at]!.blank) least = Math.min(least, this.lines[at]!.indent);
    return least;
  }

  private untilBlank(at: number, last: number): number {
    let end = at;
    while (end < last && !this.lines[end]!.blank) end += 1;
    return end;
  }

  /** Markdown's habit, in docstrings above all: a list without a blank line before it. */
  private isItem(at: number): boolean {
    return /^[-*][ \t]+[^\s*-]/.test(this.text(at));
  }

  /** Each cell of a table is read like a document; the line after the table. */
  private table(at: number, end: number, cellsOf: typeof gridCells): number {
    for (const cell of cellsOf(this.source, this.lines.slice(at, end))) {
      const read = rstBlocks(this.source, cell);
      for (const block of read.blocks)
        this.blocks.push(block.kind === 'paragraph' ? { ...block, kind: 'table-cell' } : block);
      for (const directive of read.directives) this.directives.push(directive);
    }
    return end;
  }

  private afterFence(at: number, last: number, text: string): number {
    for (let end = at + 1; end < last; end += 1) if (this.text(end) === text.slice(0, 3)) return end + 1;
    return this.untilBlank(at, last);
  }

  /** A border with a blank line behind it ends a simple table. */
  private afterSimpleTable(at: number, last: number): number {
    for (let end = at + 1; end < last; end += 1)
      if (simpleTable.test(this.text(end)) && (end + 1 >= last || this.lines[end + 1]!.blank)) return end + 1;
    return this.untilBlank(at, last);
  }

  /** "A. Turing wrote" begins no list: its next line does not go on as an item's would. */
  private isEnumerated(at: number, last: number, indent: number): boolean {
    if (!enumerator.test(this.text(at))) return false;
    const next = this.lines[at + 1];
    if (at + 1 >= last || next === undefined || next.blank || next.indent > indent) return true;
    return enumerator.test(this.text(at + 1));
  }

  private paragraph(own: readonly number[], kind: BlockKind): void {
    const ranges = own.map((at): Range => {
      const { content, end } = this.lines[at]!;
      let start = content;
      while (start < end && /\s/.test(this.source[start]!)) start += 1;
      return [start, trimmedEnd(this.source, start, end)];
    });
    const last = ranges.at(-1);
    if (last === undefined) return;
    // "as follows::" shows one colon, "as follows ::" none.
    const literal = /(?<=\S)(?::(?=:$)|\s+::$)/.exec(this.source.slice(last[0], last[1]));
    if (literal !== null && kind !== 'heading')
      ranges[ranges.length - 1] = [last[0], last[0] + literal.index + (literal[0] === ':' ? 1 : 0)];
    const block = markedBlock(this.source, ranges, rstMarks(joinedLines(this.source, ranges), ranges[0]![0]), kind);
    if (block !== undefined) this.blocks.push(block);
  }
}
