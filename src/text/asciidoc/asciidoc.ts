/**
 * Prose of AsciiDoc: paragraphs, titles, lists, admonitions, cells of tables. Attributes, comments, listings, literal
 * and passthrough blocks, macros and conditionals stay as they are. A scanner of its own: Asciidoctor tells lines, not
 * columns.
 */
import type { Block } from '../block';
import { type Directive, lineDirective } from '../directives';
import { joinedLines, type Mark, markedBlock } from '../inline-marks';
import { type Line, linesOf, trimmedEnd } from '../lines';
import type { Range } from '../protect';
import type { BlockKind } from '../types';
import { asciidocMarks } from './inline';
import { tableCells } from './tables';

const verbatim = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|`{3,}.{0,60}|[|,:!]={3,})$/;
const container = /^(?:={4,}|\*{4,}|_{4,}|--|~{4,})$/;
const attributeEntry = /^:!?\w[^\s:]{0,100}!?:(?:\s|$)/;
const blockAttributes = /^\[(?:[^\]]{0,1000}\]{1,2}|[^\s\]]{0,100})$/;
const blockMacro = /^[a-z][a-z0-9_-]{0,40}::\S{0,500}\[[^]*\]$/i;
const title = /^(?:={1,6}|#{1,6})[ \t]+(?=\S)/;
const blockTitle = /^\.(?=[^\s.])/;
const item =
  /^(?:-|\*{1,5}|\.{1,5}|\d{1,4}\.|[A-Za-z]\.|[ivxIVX]{1,6}\)|<(?:\d{1,3}|\.)>)[ \t]+(?:\[[ xX*]\][ \t]+)?(?=\S)/;
const term = /^((?:(?!::|;;)\S|[ \t](?!\s)){1,200}?)(?::{2,4}|;;)(?:[ \t]+|$)/;
const admonition = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+/;
/** Styles of blocks that hold no prose. */
const closedStyle =
  /^\[(?:source|listing|literal|stem|latexmath|asciimath|pass|subs|mermaid|plantuml|ditaa|graphviz|a2s|blockdiag|vega|d2|csv|tsv|verse|bibliography|,)\b/i;
const closedSource = /^\[(?:,|%[a-z]+,|source|listing|literal|pass)/i;
const noWords = /^[^\p{L}\p{N}]*$/u;

export function asciidocBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  return new AsciidocReader(source, linesOf(source)).read();
}

class AsciidocReader {
  private readonly blocks: Block[] = [];
  private readonly directives: Directive[] = [];
  /** Lines of the paragraph that is being read. */
  private open: Range[] = [];
  private kind: BlockKind = 'paragraph';
  /** What the block attributes say about the next block. */
  private isClosed = false;
  /** The line of block attributes before the next block. */
  private attributes = '';

  /** @param lines of `source`, or of a cell in it */
  constructor(
    private readonly source: string,
    private readonly lines: readonly Line[],
    private readonly depth = 0,
  ) {}

  read(): { blocks: Block[]; directives: Directive[] } {
    let isHeader = true;
    for (let at = 0; at < this.lines.length; ) {
      const text = this.text(at);
      const wasTitle = isHeader && /^=[ \t]/.test(text);
      at = this.line(at, text);
      if (wasTitle) at = this.afterHeader(at);
      if (text !== '' && !text.startsWith('//') && !attributeEntry.test(text)) isHeader = false;
    }
    this.close();
    return { blocks: this.blocks, directives: this.directives };
  }

  private text(at: number): string {
    const line = this.lines[at];
    return line === undefined ? '' : this.source.slice(line.content, trimmedEnd(this.source, line.content, line.end));
  }

  /** Reads the line at `at`, and the block that it opens; the next line. */
  private line(at: number, text: string): number {
    const line = this.lines[at]!;
    if (line.blank) {
      this.close();
      return at + 1;
    }
    if (line.indent === 0) {
      const block = this.blockLine(at, text);
      if (block !== undefined) return block;
    }
    const marker = item.exec(text)?.[0].length ?? 0;
    const described = marker > 0 ? null : term.exec(text);
    if (marker > 0 || described !== null) {
      this.close();
      if (described !== null && /\s/.test(described[1]!))
        this.block([[line.content, line.content + described[1]!.length]], 'other');
      this.kind = 'list-item';
      const length = marker > 0 ? marker : described![0].length;
      if (text.length > length) this.add(line, length);
      return at + 1;
    }
    // Indented behind a blank line: literal. Behind a term its description.
    if (line.indent > 0 && this.open.length === 0 && this.kind !== 'list-item') return this.untilBlank(at);
    if (this.isClosed && this.open.length === 0) return this.untilBlank(at);
    this.add(line, this.open.length === 0 ? (admonition.exec(text)?.[0].length ?? 0) : 0);
    return at + 1;
  }

  /** Lines that mean something at the margin; undefined for text. */
  private blockLine(at: number, text: string): number | undefined {
    if (text.startsWith('//') && !text.startsWith('///')) {
      const name = lineDirective(text.slice(2));
      if (name !== undefined) this.directives.push({ name, start: this.lines[at]!.start, end: this.lines[at]!.end });
      return at + 1;
    }
    if (this.isUnderlined(at, text)) {
      this.close();
      this.block([this.range(at, 0)], 'heading');
      return at + 2;
    }
    if (/^\|={3,}$/.test(text) && this.depth === 0) {
      this.close();
      const end = this.afterBlock(at, text);
      this.table(at + 1, end - (this.text(end - 1) === text && end - 1 > at ? 1 : 0));
      return end;
    }
    if (verbatim.test(text) || (this.isClosed && container.test(text))) {
      this.close();
      return this.afterBlock(at, text);
    }
    if (container.test(text) || text === '+' || noWords.test(text)) {
      this.close();
      return at + 1;
    }
    if (attributeEntry.test(text)) {
      this.close();
      let end = at;
      while (/ \\$/.test(this.text(end))) end += 1;
      return end + 1;
    }
    if (blockAttributes.test(text)) {
      this.close();
      this.attributes = text;
      if (text.endsWith(']') && (closedStyle.test(text) || closedSource.test(text))) this.isClosed = true;
      return at + 1;
    }
    if (blockMacro.test(text)) {
      this.close();
      return at + 1;
    }
    const mark = this.open.length > 0 ? null : (title.exec(text) ?? blockTitle.exec(text));
    if (mark === null) return undefined;
    const { isClosed, attributes } = this;
    this.block([this.range(at, mark[0].length)], 'heading');
    if (mark[0] === '.') Object.assign(this, { isClosed, attributes });
    return at + 1;
  }

  private table(first: number, last: number): void {
    const { attributes } = this;
    this.attributes = '';
    for (const { lines, isDocument } of tableCells(this.source, this.lines.slice(first, last), attributes)) {
      if (isDocument) {
        const read = new AsciidocReader(this.source, lines, this.depth + 1).read();
        for (const block of read.blocks) this.blocks.push(block);
        for (const directive of read.directives) this.directives.push(directive);
        continue;
      }
      for (const line of lines) {
        const isComment = this.source.startsWith('//', line.content);
        if (line.blank || isComment || noWords.test(this.source.slice(line.content, line.end))) this.closeCell();
        else this.add(line, 0);
      }
      this.closeCell();
    }
  }

  private closeCell(): void {
    this.kind = 'table-cell';
    this.close();
  }

  /** "Title" above a line of marks as long as it is. */
  private isUnderlined(at: number, text: string): boolean {
    if (this.open.length > 0 || at + 1 >= this.lines.length || !/[\p{L}\p{N}]/u.test(text)) return false;
    const under = this.text(at + 1);
    return /^(?:={4,}|-{4,}|~{4,}|\^{4,}|\+{4,})$/.test(under) && Math.abs(under.length - text.length) <= 1;
  }

  /** Behind the line that closes the block of the same mark. */
  private afterBlock(at: number, mark: string): number {
    this.isClosed = false;
    const closing = mark.startsWith('```') ? '```' : mark;
    for (let end = at + 1; end < this.lines.length; end += 1) if (this.text(end) === closing) return end + 1;
    return this.lines.length;
  }

  /** Author and revision stand under a document's title. */
  private afterHeader(at: number): number {
    let end = at;
    while (end < this.lines.length && !this.lines[end]!.blank) end += 1;
    return end;
  }

  private untilBlank(at: number): number {
    this.isClosed = false;
    let end = at;
    while (end < this.lines.length && !this.lines[end]!.blank) end += 1;
    return end;
  }

  private range(at: number, length: number): Range {
    const { content, end } = this.lines[at]!;
    return [content + length, trimmedEnd(this.source, content + length, end)];
  }

  private add({ content, end }: Line, length: number): void {
    this.open.push([content + length, trimmedEnd(this.source, content + length, end)]);
  }

  private close(): void {
    if (this.open.length > 0) this.block(this.open, this.kind);
    this.open = [];
    this.kind = 'paragraph';
  }

  private block(ranges: readonly Range[], kind: BlockKind): void {
    const first = ranges[0]![0];
    const breaks = ranges.flatMap(([start, end]): Mark[] =>
      this.source.slice(start, end).endsWith(' +') ? [{ start: end - 2, end, shown: 'hidden' }] : [],
    );
    const marks = [...asciidocMarks(joinedLines(this.source, ranges), first), ...breaks].sort(
      (left, right) => left.start - right.start,
    );
    const block = markedBlock(this.source, ranges, marks, kind);
    if (block !== undefined) this.blocks.push(block);
    this.isClosed = false;
    this.attributes = '';
  }
}
