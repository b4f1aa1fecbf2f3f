/**
 * Opaque ranges of a Markdown document: what a dialect brings into the text that is no prose and no Markdown either
 * (LaTeX, template tags, JSX, wiki links, directive lines). They are found before the document is parsed, and the
 * parser sees a stand-in for each: so no `_` in a formula is emphasis, and no blank line in an expression ends it.
 */
import { frontMatterEnd } from './front-matter';
import type { Construct, Found } from './constructs';
import { mdxConstructs, tagWithBraces } from './mdx';
import { mystLine } from './myst';
import { bracket, caret, embed, noteLine, parenthesis, percentComment } from './notes';
import { Scan } from './scan';
import { standings, type Opaque } from './standings';
import { brace, percentTag } from './templates';
import { backslash, display } from './tex';

export type Dialect = 'markdown' | 'mdx';

export interface Scanned {
  /** Sorted, not overlapping. */
  ranges: Opaque[];
  /** Starts of lines at which the document can be cut: no block of Markdown is open there. Sorted. */
  cuts: number[];
}

/** What stands before the content of a line: blanks, marks of quotations and lists. */
const containerMarks = /(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*/y;
const fenceMark = /`{3,}(?=[^`\r\n]*(?:[\r\n]|$(?![\s\S])))|~{3,}/y;
/** Backtick and tilde. */
const fenceMarks = new Set([96, 126]);
const backticks = /`+/g;
const blockInside = /[\r\n][ \t>]*(?:`{3}|~{3}|#{1,6}[ \t]|[-+*][ \t]|\d{1,9}[.)][ \t])/;
/** Nobody writes a code span with more; each length that is not closed costs a search through its paragraph. */
const longestBackticks = 10;
/** Characters with which a construct inside of a line may begin. */
const anyMark = /[\\[!(%^{<`]/g;

/** HTML that ends with its own mark and may hold blank lines, and HTML that ends at a blank line. */
const rawHtml = /<(?:(script|pre|style|textarea)(?=[\s>])|(\?)|(!\[CDATA\[)|(![A-Za-z]))/iy;
const blockHtml =
  /<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>])/iy;
const rawClosing = /^<\/(?:script|pre|style|textarea)>/i;
const anyHtml = /<\/?[A-Za-z][^<>\r\n]{0,1000}>[ \t]*(?:[\r\n]|$(?![\s\S]))/y;
/** First characters of a line before which nothing of an earlier block goes on once a blank line has been. */
const beginsBlock = /[^\s\p{Ll}]/uy;
/** Lines that end a paragraph, an item and a table without a blank line before them. */
const interrupts = /#{1,6}[ \t]+\S|[-*+] [^\s*_-]/y;

/** Time grows with the length of the text only. */
export function scanOpaque(text: string, dialect: Dialect): Scanned {
  return new OpaqueReader(text, dialect).read();
}

class OpaqueReader {
  private readonly scan: Scan;
  private readonly isMdx: boolean;
  private readonly ranges: Opaque[] = [];
  private readonly inline: Record<string, readonly Construct[]>;
  private readonly lines: readonly Construct[];
  private readonly firstColumn: readonly Construct[];
  private readonly cuts: number[] = [];
  private nextMark = -1;
  private afterBlank = true;
  /** An HTML block goes on until the next blank line, and a fence in it is none. */
  private inHtml = false;
  /** The same where an element stands below a line that may or may not be a paragraph's: only the parser knows. */
  private mayBeInHtml = false;
  /** Something may be open whose end is not for us to say: from here on the document is not cut. */
  private isUncertain = false;
  /** Runs of backticks of these lengths are not closed before the offset. */
  private unclosed = new Map<number, number>();

  constructor(
    private readonly text: string,
    dialect: Dialect,
  ) {
    this.scan = new Scan(text);
    const { expression, tag, moduleLine } = mdxConstructs();
    const isMdx = (this.isMdx = dialect === 'mdx');
    this.inline = {
      '\\': [backslash],
      '[': [bracket],
      '!': [embed],
      '(': [parenthesis],
      '%': [percentComment],
      '^': [caret],
      '{': [isMdx ? expression : brace],
      '<': isMdx ? [percentTag, tag] : [percentTag, tagWithBraces],
    };
    this.lines = [display, mystLine, noteLine];
    this.firstColumn = isMdx ? [moduleLine] : [];
  }

  read(): Scanned {
    let at = frontMatterEnd(this.text);
    if (at > 0) {
      this.ranges.push({ start: 0, end: at, standing: 'line' });
      at = this.scan.nextLine(this.scan.lineEnd(at));
      if (at < this.text.length) this.cuts.push(at);
    }
    while (at < this.text.length) at = this.readLine(at);
    return { ranges: standings(this.text, this.ranges), cuts: this.cuts };
  }

  /** Notes whether the document can be cut before the line that begins at `start`. */
  private noteCut(start: number): void {
    if (this.isUncertain || start === 0) return;
    const pattern = this.afterBlank ? beginsBlock : interrupts;
    pattern.lastIndex = start;
    const isOpen = !this.afterBlank && (this.inHtml || this.mayBeInHtml);
    if (!isOpen && pattern.test(this.text)) this.cuts.push(start);
  }

  /** Reads the line that begins at `start`, with all that begins on it; where the next line begins. */
  private readLine(start: number): number {
    containerMarks.lastIndex = start;
    containerMarks.test(this.text);
    let at = containerMarks.lastIndex;
    const first = this.text.charCodeAt(at);
    if (at >= this.text.length || first === 10 || first === 13) {
      this.afterBlank = true;
      this.inHtml = this.mayBeInHtml = false;
      return this.scan.nextLine(at);
    }
    this.noteCut(start);
    const afterBlank = this.afterBlank;
    this.afterBlank = false;
    fenceMark.lastIndex = at;
    const fence = this.inHtml || !fenceMarks.has(first) ? undefined : fenceMark.exec(this.text)?.[0];
    if (fence !== undefined) {
      if (this.mayBeInHtml) this.isUncertain = true;
      return this.afterFence(start, at, fence);
    }
    if (this.text[at] === '<' && !this.isMdx) {
      const end = this.rawHtmlEnd(at);
      if (end > 0) return end;
      blockHtml.lastIndex = anyHtml.lastIndex = at;
      if (blockHtml.test(this.text)) this.inHtml = true;
      else if (anyHtml.test(this.text)) this[afterBlank ? 'inHtml' : 'mayBeInHtml'] = true;
    }
    if (this.text.startsWith('$$', at) && display(this.scan, at) === undefined) this.isUncertain = true;
    for (const construct of this.lineConstructs(start, at)) {
      const result = construct(this.scan, at);
      if (result !== undefined) {
        at = this.push(at, result);
        break;
      }
    }
    return this.readInline(at);
  }

  /** Reads from `from` to the end of its line; a construct may carry it on to a later one. */
  private readInline(from: number): number {
    let at = from;
    let lineEnd = this.scan.lineEnd(at);
    for (;;) {
      if (this.nextMark < at) {
        anyMark.lastIndex = at;
        this.nextMark = anyMark.exec(this.text)?.index ?? this.text.length;
      }
      if (this.nextMark >= lineEnd) return this.scan.nextLine(lineEnd);
      at = this.readMark(this.nextMark);
      if (at > lineEnd) lineEnd = this.scan.lineEnd(at);
    }
  }

  private readMark(at: number): number {
    const character = this.text[at]!;
    if (character === '`') return this.afterCode(at);
    if (this.text.startsWith('<!--', at)) {
      const end = this.scan.find('-->', at + 4, this.text.length);
      if (end < 0) this.isUncertain = true;
      return end < 0 ? at + 4 : end + 3;
    }
    for (const construct of this.inline[character]!) {
      const result = construct(this.scan, at);
      if (result !== undefined) return this.push(at, result);
    }
    return at + (character === '\\' && !/[\r\n]/.test(this.text[at + 1] ?? '\n') ? 2 : 1);
  }

  private push(start: number, { end, standing }: Found): number {
    if (end > start) this.ranges.push({ start, end, standing });
    return Math.max(end, start + 1);
  }

  /** Start of the line after HTML that ends with its own mark; 0 where none begins. */
  private rawHtmlEnd(at: number): number {
    rawHtml.lastIndex = at;
    const match = rawHtml.exec(this.text);
    if (match === null) return 0;
    const [, element, instruction, data] = match;
    const mark = element !== undefined ? '</' : instruction !== undefined ? '?>' : data !== undefined ? ']]>' : '>';
    let end = this.scan.find(mark, rawHtml.lastIndex, this.text.length);
    while (end >= 0 && element !== undefined && !rawClosing.test(this.text.slice(end, end + 12))) {
      end = this.scan.find(mark, end + 2, this.text.length);
    }
    return end < 0 ? this.text.length : this.scan.nextLine(this.scan.lineEnd(end));
  }

  /** Modules begin in the first column, at the start of the document, after a blank line or after another module. */
  private lineConstructs(lineStart: number, at: number): readonly Construct[] {
    if (this.firstColumn.length === 0 || at !== lineStart) return this.lines;
    const before = this.ranges.at(-1);
    const from = Math.max(0, lineStart - 100, before?.standing === 'line' ? before.end : 0);
    return isBlankLineBefore(this.text, lineStart, from) ? [...this.firstColumn, ...this.lines] : this.lines;
  }

  /** Offset after the code span that begins at `at`, or after its backticks where none does. */
  private afterCode(at: number): number {
    backticks.lastIndex = at;
    const { length } = backticks.exec(this.text)![0];
    if (length > longestBackticks || (this.unclosed.get(length) ?? -1) > at) return at + length;
    const limit = this.scan.paragraphEnd(at);
    for (;;) {
      const match = backticks.exec(this.text);
      if (match === null || match.index >= limit) break;
      if (match[0].length !== length) continue;
      // A block that begins on one of its lines ends the paragraph: what looked like a span is none.
      return blockInside.test(this.text.slice(at, match.index + length)) ? at + length : match.index + length;
    }
    this.unclosed.set(length, limit);
    return at + length;
  }

  /** Where the line after a fenced block begins. @param lineStart of the opening fence, which stands at `at` */
  private afterFence(lineStart: number, at: number, fence: string): number {
    const prefix = this.text.slice(lineStart, at);
    const outer = columns(prefix);
    const quoted = prefix.includes('>');
    const closing = new RegExp(`${quoted ? '[ \\t>]' : '[ \\t]'}{0,100}\\${fence[0]!}{${fence.length},}[ \\t]*$`, 'y');
    let next = this.scan.nextLine(this.scan.lineEnd(at));
    while (next < this.text.length) {
      const lineEnd = this.scan.lineEnd(next);
      const line = this.text.slice(next, lineEnd);
      if (quoted && !/^[ \t]{0,20}>/.test(line)) return next;
      closing.lastIndex = 0;
      const indentation = columns(/^[ \t>]*/.exec(line)![0]);
      if (closing.test(line)) {
        // Further in it may be code, further out it may open a fence of its own: where a list is says which.
        if (indentation < outer || (indentation > outer && indentation > 3)) this.isUncertain = true;
        return this.scan.nextLine(lineEnd);
      }
      // A text with less indentation ends a list item and the fence in it, but where that is a list says.
      if (outer > 0 && line.trim() !== '' && columns(/^[ \t]*/.exec(line)![0]) < outer) this.isUncertain = true;
      next = this.scan.nextLine(lineEnd);
    }
    return this.text.length;
  }
}

/** Whether the line above the one that begins at `lineStart` is blank. @param from nothing before it counts */
function isBlankLineBefore(text: string, lineStart: number, from: number): boolean {
  let at = lineStart;
  if (at > from && text[at - 1] === '\n') at -= 1;
  if (at > from && text[at - 1] === '\r') at -= 1;
  for (; at > from && text[at - 1] !== '\n' && text[at - 1] !== '\r'; at -= 1)
    if (!isSpace(text[at - 1]!)) return false;
  return true;
}

/** Width of what stands before a line's content; a tab goes to the next column that four divides. */
function columns(prefix: string): number {
  let width = 0;
  for (const character of prefix) width += character === '\t' ? 4 - (width % 4) : 1;
  return width;
}

const isSpace = (character: string): boolean => character.trim() === '';
