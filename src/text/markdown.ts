/**
 * Prose blocks of a part of a Markdown document. The tokens of micromark (CommonMark with GFM and math) carry the
 * exact source offset of every character, so nothing has to be searched for afterwards: "data" tokens are prose,
 * code, math, HTML and autolinks are protected, all other tokens are markup that the view leaves out. What a dialect
 * brings in besides was found before (opaque/opaque.ts), and the parser sees a stand-in for it.
 */
import type { MarkdownPart } from './markdown-parts';
import type { Dialect } from './opaque/opaque';
import type { BlockKind } from './types';
import { readDirective, type Directive } from './directives';
import { type Block, BlockBuilder } from './block';
import { decodeReference } from './character-reference';
import { type Event, markdownEvents } from './markdown-events';

/** Tokens that hold one run of prose each. */
const blockTokens = new Set<string>(['paragraph', 'atxHeadingText', 'setextHeadingText', 'tableContent']);
/** Inline constructs that are shown and never edited. */
const protectedTokens = new Set<string>(['codeText', 'mathText', 'htmlText', 'autolink']);
/** Parts of inline constructs that are left out with everything in them. */
const hiddenTokens = new Set<string>([
  'resource',
  'reference',
  'gfmFootnoteCall',
  'taskListCheck',
  'definition',
  'tableDelimiterRow',
]);
/** Line prefixes inside a protected construct that runs over several lines. */
const prefixTokens = new Set<string>([
  'linePrefix',
  'blockQuotePrefix',
  'blockQuoteMarker',
  'blockQuotePrefixWhitespace',
  'listItemIndent',
  'gfmFootnoteDefinitionIndent',
  'whitespace',
]);
/** Lines inside a paragraph that belong to a dialect: admonitions and tabs of MkDocs. */
const dialectLine = /^[ \t>]*(?:!!![ +].*|\?\?\?\+?[ \t].*|={3}!?[ \t]+".*"[ \t]*)$/;
const dialectStart = /!!!|\?\?\?|===/;
/** Modules in MDX. */
const mdxModule =
  /^(?:import\s(?:[^\n]{0,300}\sfrom\s)?\s*['"{]|import\s[\w*{][^\n]{0,300}\sfrom\s*['"]|export\s+(?:default|const|let|var|function|async|class|\{))/;
/** How an image inside a sentence is shown. */
export const imageStandIn = '`image`';
/** How something opaque inside of a sentence is shown when it is long or runs over several lines. */
const opaqueStandIn = '`code`';
const longestShown = 100;
/** HTML elements whose content is code. */
const codeElement = /^<(\/?)(?:code|kbd|samp|var|pre|tt|script|style)\b/i;

export interface MarkdownBlocks {
  blocks: Block[];
  directives: Directive[];
}

/** Offsets are in the part. @param labels of the definitions of the whole document */
export function markdownBlocks(part: MarkdownPart, dialect: Dialect, labels: ReadonlySet<string>): MarkdownBlocks {
  // micromark drops a byte order mark without counting it.
  const shift = part.masked.charCodeAt(0) === 0xfeff ? 1 : 0;
  const text = shift === 0 ? part.masked : part.masked.slice(1);
  return new MarkdownReader(part, markdownEvents(text, dialect, labels), shift).read();
}

class MarkdownReader {
  private readonly blocks: Block[] = [];
  private readonly directives: Directive[] = [];
  private readonly containers: BlockKind[] = [];
  private readonly builder: BlockBuilder;
  private codeElementDepth = 0;
  /** Enter events of the alternative texts in the block that is being read. */
  private readonly images: number[] = [];
  private hiddenLines: [number, number][] = [];
  private nextOpaque = 0;
  /** Up to here the text of a link is the label of its definition as well. */
  private labelEnd = 0;
  private readonly source: string;

  constructor(
    private readonly part: MarkdownPart,
    private readonly events: Event[],
    private readonly shift: number,
  ) {
    this.source = part.source;
    this.builder = new BlockBuilder(part.source);
  }

  read(): MarkdownBlocks {
    for (let index = 0; index < this.events.length; index += 1) {
      const [phase, token] = this.events[index]!;
      const type: string = token.type;
      if (phase === 'enter') {
        if (blockTokens.has(type)) index = this.readBlock(index);
        else if (hiddenTokens.has(type)) index = this.skip(index);
        else if (type === 'blockQuote') this.containers.push('quote');
        else if (type === 'listOrdered' || type === 'listUnordered') this.containers.push('list-item');
        else if (type === 'gfmFootnoteDefinition') this.containers.push('other');
        else if (type === 'htmlFlow') this.readComments(index);
      } else if (
        type === 'blockQuote' ||
        type === 'listOrdered' ||
        type === 'listUnordered' ||
        type === 'gfmFootnoteDefinition'
      ) {
        this.containers.pop();
      }
    }
    return { blocks: this.blocks, directives: this.directives };
  }

  /** Reads the block whose enter event is at `first`; the index of its exit event. */
  private readBlock(first: number): number {
    const block = this.events[first]![1];
    const start = block.start.offset + this.shift;
    const end = block.end.offset + this.shift;
    const kind = this.kindOf(block.type);
    if (kind === 'paragraph' && mdxModule.test(this.source.slice(start, Math.min(end, start + 400))))
      return this.skip(first);
    this.codeElementDepth = 0;
    this.hiddenLines = this.findHiddenLines(start, end);
    this.readInline(first, this.builder, kind, start);
    // Alternative texts stand after the sentence that shows the image.
    for (let image = this.images.shift(); image !== undefined; image = this.images.shift()) {
      this.nextOpaque = 0;
      this.readInline(image, this.builder, 'other', this.events[image]![1].start.offset + this.shift);
    }
    return this.skip(first);
  }

  /** Reads what is between the events of the token entered at `first` into blocks of the given kind. */
  private readInline(first: number, builder: BlockBuilder, kind: BlockKind, blockStart: number): void {
    const outer = this.events[first]![1];
    let from = blockStart;
    let nextHidden = 0;
    for (let index = first + 1; this.events[index]![1] !== outer; index += 1) {
      const [phase, token] = this.events[index]!;
      if (phase === 'exit') continue;
      const type: string = token.type;
      const start = token.start.offset + this.shift;
      const end = token.end.offset + this.shift;
      while (nextHidden < this.hiddenLines.length && this.hiddenLines[nextHidden]![1] < start) nextHidden += 1;
      const hidden = this.hiddenLines[nextHidden];
      if (hidden !== undefined && start >= hidden[0]) {
        this.close(builder, kind, from, hidden[0]);
        from = hidden[1];
        continue;
      }
      if (type === 'data') this.copyText(start, end, builder);
      else if (type === 'link' && this.isItsOwnLabel(index)) this.labelEnd = end;
      else if (type === 'lineEnding') builder.stand(' ', start, end);
      else if (type === 'characterEscape') {
        builder.stand(this.source.slice(start + 1, end), start, end);
        index = this.skip(index);
      } else if (type === 'characterReference') {
        builder.stand(decodeReference(this.source.slice(start, end)), start, end);
        index = this.skip(index);
      } else if (type === 'image') {
        builder.stand(imageStandIn, start, end);
        const label = this.find('labelText', index);
        if (label !== undefined) this.images.push(label);
        index = this.skip(index);
      } else if (hiddenTokens.has(type)) index = this.skip(index);
      else if (protectedTokens.has(type)) index = this.readProtected(index, builder);
    }
    this.close(builder, kind, from, outer.end.offset + this.shift);
  }

  /** Text in which something opaque may stand. */
  private copyText(start: number, end: number, builder: BlockBuilder): void {
    const origin = this.codeElementDepth > 0 || start < this.labelEnd ? 'protected' : 'text';
    const { opaque } = this.part;
    while (this.nextOpaque < opaque.length && opaque[this.nextOpaque]!.end <= start) this.nextOpaque += 1;
    let from = start;
    for (let index = this.nextOpaque; index < opaque.length && opaque[index]!.start < end; index += 1) {
      const range = { start: Math.max(start, opaque[index]!.start), end: Math.min(end, opaque[index]!.end) };
      if (range.start > from) builder.copy(from, range.start, origin);
      const text = this.source.slice(range.start, range.end);
      if (text.length > longestShown || /[\r\n]/.test(text)) builder.stand(opaqueStandIn, range.start, range.end);
      else builder.copy(range.start, range.end, 'protected');
      from = range.end;
    }
    if (from < end) builder.copy(from, end, origin);
  }

  /** "[text]" and "[text][]": with another text the link would have no target. */
  private isItsOwnLabel(first: number): boolean {
    const link = this.events[first]![1];
    const last = this.events[this.skip(first) - 1]![1];
    const type: string = last.type;
    if (type !== 'reference') return type === 'label';
    return this.source.slice(link.start.offset + this.shift, link.end.offset + this.shift).endsWith('[]');
  }

  private close(builder: BlockBuilder, kind: BlockKind, start: number, end: number): void {
    const built = builder.finish(kind, start, Math.max(start, end));
    if (built !== undefined) this.blocks.push(built);
  }

  /** Ranges of the dialect's lines in source[start, end). */
  private findHiddenLines(start: number, end: number): [number, number][] {
    const text = this.source.slice(start, end);
    if (!dialectStart.test(text)) return [];
    const ranges: [number, number][] = [];
    for (const match of text.matchAll(/[^\r\n]+/g)) {
      if (dialectLine.test(match[0])) ranges.push([start + match.index, start + match.index + match[0].length]);
    }
    return ranges;
  }

  /** Index of the enter event of the first token of a type inside the token entered at `first`. */
  private find(type: string, first: number): number | undefined {
    const outer = this.events[first]![1];
    for (let index = first + 1; this.events[index]![1] !== outer; index += 1) {
      if (this.events[index]![0] === 'enter' && (this.events[index]![1].type as string) === type) return index;
    }
    return undefined;
  }

  private readProtected(first: number, builder: BlockBuilder): number {
    const token = this.events[first]![1];
    const start = token.start.offset + this.shift;
    const end = token.end.offset + this.shift;
    const text = this.source.slice(start, end);
    if (token.type === 'htmlText') {
      if (text.startsWith('<!--')) {
        this.readComments(first);
        return this.skip(first);
      }
      const element = codeElement.exec(text);
      if (element !== null && !text.endsWith('/>'))
        this.codeElementDepth = Math.max(0, this.codeElementDepth + (element[1] === '/' ? -1 : 1));
    }
    const origin =
      (token.type as string) === 'mathText' && isMoney(text, this.source.charAt(end)) ? 'text' : 'protected';
    let from = start; // everything up to here is done
    let index = first + 1;
    for (; this.events[index]![1] !== token; index += 1) {
      const [phase, inner] = this.events[index]!;
      if (phase === 'exit') continue;
      const type: string = inner.type;
      if (type === 'lineEnding') {
        builder.copy(from, inner.start.offset + this.shift, origin);
        builder.stand(' ', inner.start.offset + this.shift, inner.end.offset + this.shift);
        from = inner.end.offset + this.shift;
      } else if (prefixTokens.has(type)) {
        builder.copy(from, inner.start.offset + this.shift, origin);
        from = Math.max(from, inner.end.offset + this.shift);
      }
    }
    builder.copy(from, end, origin);
    return index;
  }

  private readComments(index: number): void {
    const token = this.events[index]![1];
    const start = token.start.offset + this.shift;
    this.directives.push(...readDirective(this.source, start, token.end.offset + this.shift));
  }

  /** Index of the exit event of the token that is entered at `first`. */
  private skip(first: number): number {
    const token = this.events[first]![1];
    let index = first + 1;
    while (this.events[index]![1] !== token) index += 1;
    return index;
  }

  private kindOf(type: string): BlockKind {
    if (type === 'tableContent') return 'table-cell';
    if (type === 'atxHeadingText' || type === 'setextHeadingText') return 'heading';
    return this.containers[this.containers.length - 1] ?? 'paragraph';
  }
}

/**
 * "$5 and $" is not math: single dollars with a blank inside the marks, or a digit after the closing one
 * (GitHub's and Pandoc's rule).
 */
function isMoney(text: string, after: string): boolean {
  return !text.startsWith('$$') && (/^\$\s|\s\$$/.test(text) || /[0-9]/.test(after));
}
