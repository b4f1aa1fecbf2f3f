/**
 * Prose of Org: headings, paragraphs, items, cells of tables, captions. Keywords, drawers, code, examples, comments,
 * planning lines and timestamps stay as they are.
 */
import type { Block } from '../block';
import { type Directive, lineDirective } from '../directives';
import { joinedLines, markedBlock } from '../inline-marks';
import { type Line, linesOf, trimmedEnd } from '../lines';
import type { Range } from '../protect';
import type { BlockKind } from '../types';
import { orgMarks } from './inline';

const heading =
  /^\*+[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|WAIT|HOLD|STARTED|CANCELL?ED|SOMEDAY|PROJ|FIXME|KILL|STRT|IDEA)[ \t]+)?(?:\[#[A-Z0-9]\][ \t]*)?(?:COMMENT[ \t]+)?/;
const tags = /(?<=[ \t]):(?:[\w@#%]+:)+$/;
const proseKeyword = /^#\+(?:title|subtitle|caption|description)(?:\[[^\]]{0,200}\])?:[ \t]*/i;
const beginBlock = /^#\+begin_(\S{1,60})/i;
const closedBlock = /^(?:src|example|export|comment|html|latex|ascii|ditaa|plantuml|dot|gnuplot|verse|calc)$/i;
const drawer = /^:[\w-]{1,60}:$/;
const environment = /^\\begin\{([A-Za-z*]{1,40})\}/;
const planning = /^(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):/;
const item = /^(?:[-+]|\d{1,4}[.)]|[A-Za-z][.)])(?:[ \t]+(?:\[@\w{1,4}\][ \t]+)?(?:\[[ xX-]\](?:[ \t]+|$))?|$)/;
const starItem = /^\*[ \t]+(?:\[[ xX-]\][ \t]+)?/;
const term = /^(\S(?:[^:]|:(?!:)){0,200}?)[ \t]+::(?:[ \t]+|$)/;
const note = /^\[fn:[^\][:]{1,60}\][ \t]*/;

export function orgBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  return new OrgReader(source).read();
}

class OrgReader {
  private readonly blocks: Block[] = [];
  private readonly directives: Directive[] = [];
  private readonly lines: Line[];
  private open: Range[] = [];
  private kind: BlockKind = 'paragraph';

  constructor(private readonly source: string) {
    this.lines = linesOf(source);
  }

  read(): { blocks: Block[]; directives: Directive[] } {
    for (let at = 0; at < this.lines.length; ) at = this.line(at);
    this.close();
    return { blocks: this.blocks, directives: this.directives };
  }

  private text(at: number): string {
    const { content, end } = this.lines[at]!;
    return this.source.slice(content, trimmedEnd(this.source, content, end));
  }

  /** Reads the line at `at`, and the block that it opens; the next line. */
  private line(at: number): number {
    const line = this.lines[at]!;
    const text = this.text(at);
    if (text === '' || /^-{5,}$/.test(text)) {
      this.close();
      return at + 1;
    }
    if (line.indent === 0 && heading.test(text)) return this.heading(at, text);
    if (text.startsWith('#') && /^#(?:\s|\+|$)/.test(text)) return this.keyword(at, text);
    if (drawer.test(text)) return this.closed(at, /^:END:$/i, heading) ?? at + 1;
    const named = environment.exec(text)?.[1];
    if (named !== undefined) {
      const end = `\\end{${named}}`;
      return this.closed(at, { test: (each) => each.includes(end) }, heading, text.includes(end)) ?? at + 1;
    }
    if (/^:(?:\s|$)/.test(text) || planning.test(text) || /^%%\(/.test(text)) {
      this.close();
      return at + 1;
    }
    if (text.startsWith('|')) {
      this.close();
      if (!/^\|[-+|]+$/.test(text)) this.row(line, text);
      return at + 1;
    }
    const mark =
      (item.exec(text) ?? (line.indent > 0 ? starItem.exec(text) : null) ?? note.exec(text))?.[0].length ?? 0;
    if (mark > 0) {
      this.close();
      this.kind = 'list-item';
      const described = term.exec(text.slice(mark));
      const length = mark + (described?.[0].length ?? 0);
      if (described !== null && /\s/.test(described[1]!))
        this.block([[line.content + mark, line.content + mark + described[1]!.length]], 'other');
      if (text.length > length) this.open.push([line.content + length, line.content + text.length]);
      return at + 1;
    }
    this.open.push([line.content, line.content + text.length]);
    return at + 1;
  }

  private heading(at: number, text: string): number {
    this.close();
    const from = this.lines[at]!.content + heading.exec(text)![0].length;
    const to = this.lines[at]!.content + text.length - (tags.exec(text)?.[0].length ?? 0);
    if (to > from) this.block([[from, trimmedEnd(this.source, from, to)]], 'heading');
    return at + 1;
  }

  /** "# a comment", "#+keyword: value", "#+begin_src". */
  private keyword(at: number, text: string): number {
    this.close();
    const { start, end, content } = this.lines[at]!;
    const directive = lineDirective(text.replace(/^#+/, ''));
    if (directive !== undefined) this.directives.push({ name: directive, start, end });
    const prose = proseKeyword.exec(text)?.[0].length ?? text.length;
    if (prose < text.length) this.block([[content + prose, content + text.length]], 'heading');
    const name = beginBlock.exec(text)?.[1];
    if (name === undefined || !closedBlock.test(name)) return at + 1;
    const close = `#+end_${name}`.toLowerCase();
    // Without an end it goes on to the next heading.
    return this.closed(at, { test: (each) => each.toLowerCase() === close }, heading) ?? this.before(at + 1, heading);
  }

  /** Behind the line that `end` knows; undefined where `limit` comes first. @param isHere whether that is this line */
  private closed(at: number, end: { test(text: string): boolean }, limit: RegExp, isHere = false): number | undefined {
    this.close();
    if (isHere) return at + 1;
    for (let next = at + 1; next < this.lines.length; next += 1) {
      const text = this.text(next);
      if (end.test(text)) return next + 1;
      if (this.lines[next]!.indent === 0 && limit.test(text)) return undefined;
    }
    return undefined;
  }

  private before(at: number, limit: RegExp): number {
    let next = at;
    while (next < this.lines.length && !(this.lines[next]!.indent === 0 && limit.test(this.text(next)))) next += 1;
    return next;
  }

  private row({ content }: Line, text: string): void {
    for (const match of text.matchAll(/[^|]+/g)) {
      const start = content + match.index + /^\s*/.exec(match[0])![0].length;
      const end = trimmedEnd(this.source, start, content + match.index + match[0].length);
      // Widths and groups of columns.
      if (end > start && !/^(?:<[lcr]?\d*>|\/|[<>]+)$/.test(this.source.slice(start, end)))
        this.block([[start, end]], 'table-cell');
    }
  }

  private close(): void {
    if (this.open.length > 0) this.block(this.open, this.kind);
    this.open = [];
    this.kind = 'paragraph';
  }

  private block(ranges: readonly Range[], kind: BlockKind): void {
    const marks = orgMarks(joinedLines(this.source, ranges), ranges[0]![0]);
    const block = markedBlock(this.source, ranges, marks, kind);
    if (block !== undefined) this.blocks.push(block);
  }
}
