/**
 * Prose of HTML: the text between its tags, without that of scripts, styles, samples and text that is marked as being
 * in another language or not to be translated. The tokenizer of parse5 finds tags and comments as browsers do; what
 * stands between them is read from the source, so that half-written pages are read as well.
 */
import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { decodeNumericCharacterReference } from 'micromark-util-decode-numeric-character-reference';
import { type Token, Tokenizer, TokenizerMode } from 'parse5';
import type { Block } from '../block';
import { type Directive, readDirective } from '../directives';
import { type Mark, markedBlock } from '../inline-marks';
import { linesOf, trimmedEnd } from '../lines';
import { frontMatterEnd } from '../opaque/front-matter';
import type { Range } from '../protect';
import type { BlockKind } from '../types';
import { closedElements, codeElements, inlineElements, kindInside, rawElements, voidElements } from './elements';

/** Tags of template languages: the tokenizer sees blanks instead. */
const templates =
  /\{\{[^{}]{0,1000}\}\}|\{%(?:[^%]|%(?!\})){0,1000}%\}|\{#[^#]{0,1000}#\}|<%(?:[^%]|%(?!>)){0,20000}%>|<\?(?:php|=)(?:[^?]|\?(?!>)){0,20000}(?:\?>|$)/g;
const reference = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z][a-z0-9]{1,31}));/gi;
const isText = (name: string): boolean => inlineElements.has(name) || codeElements.has(name);

export function htmlBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  return new HtmlReader(source).read();
}

class HtmlReader {
  private readonly blocks: Block[] = [];
  private readonly directives: Directive[] = [];
  private readonly opaque: Range[] = [];
  private nextOpaque = 0;
  private marks: Mark[] = [];
  /** Where the text that is being read starts. */
  private start = 0;
  /** Everything up to here is done. */
  private at = 0;
  private kind: BlockKind = 'other';
  /** Elements of code that are open, and the element of which nothing is read. */
  private codeDepth = 0;
  private closed: { name: string; depth: number } | undefined;

  constructor(private readonly source: string) {}

  read(): { blocks: Block[]; directives: Directive[] } {
    // Generators of sites put theirs above a page.
    this.start = this.at = frontMatterEnd(this.source) || openFrontMatter(this.source);
    const page = ' '.repeat(this.at) + this.source.slice(this.at);
    const masked = page.replace(templates, (found, index: number) => {
      this.opaque.push([index, index + found.length]);
      return ' '.repeat(found.length);
    });
    const ignore = (): void => undefined;
    const tokenizer: Tokenizer = new Tokenizer(
      { sourceCodeLocationInfo: true },
      {
        onStartTag: (token) => this.startTag(token, tokenizer),
        onEndTag: (token) => this.endTag(token),
        onComment: ({ location }) => this.comment(location!),
        onDoctype: ({ location }) => this.breakAt(location!.startOffset, location!.endOffset, 'other'),
        onEof: ignore,
        onCharacter: ignore,
        onNullCharacter: ignore,
        onWhitespaceCharacter: ignore,
        onParseError: null,
      },
    );
    tokenizer.write(masked, true);
    if (this.closed === undefined) {
      // A tag that is not closed yet is no text.
      const open = this.source.slice(this.at).search(/<[A-Za-z/!?]/);
      const end = open < 0 ? this.source.length : this.at + open;
      this.breakAt(end, end, 'other');
    }
    return { blocks: this.blocks, directives: this.directives };
  }

  private startTag(token: Token.TagToken, tokenizer: Tokenizer): void {
    const { tagName: name, location } = token;
    const { startOffset: start, endOffset: end } = location!;
    if (name === 'script') tokenizer.state = TokenizerMode.SCRIPT_DATA;
    else if (name === 'title' || name === 'textarea') tokenizer.state = TokenizerMode.RCDATA;
    else if (rawElements.has(name)) tokenizer.state = TokenizerMode.RAWTEXT;
    else if (name === 'plaintext') tokenizer.state = TokenizerMode.PLAINTEXT;
    const isEmpty = voidElements.has(name) || token.selfClosing;
    if (this.closed !== undefined) {
      if (name === this.closed.name && !isEmpty) this.closed.depth += 1;
      return;
    }
    this.text(start);
    if (isText(name) || name === 'br') {
      const isCode = codeElements.has(name) && !isEmpty;
      if (isCode) this.codeDepth += 1;
      this.mark(start, end, name === 'br' ? ' ' : isCode ? '`' : undefined);
    } else this.breakAt(start, end, kindInside(name));
    if (!isEmpty && (closedElements.has(name) || isForeign(token))) this.closed = { name, depth: 1 };
  }

  private endTag({ tagName: name, location }: Token.TagToken): void {
    const { startOffset: start, endOffset: end } = location!;
    if (this.closed !== undefined) {
      if (name !== this.closed.name || --this.closed.depth > 0) return;
      this.closed = undefined;
      if (!isText(name)) {
        this.marks = [];
        this.at = this.start = end;
        return;
      }
      // What stood in it inside of a sentence is one word.
      this.mark(this.at, start, codeElements.has(name) ? 'code' : '`code`');
    }
    this.text(start);
    if (codeElements.has(name)) {
      if (this.codeDepth > 0) this.codeDepth -= 1;
      this.mark(start, end, '`');
    } else if (inlineElements.has(name)) this.mark(start, end, undefined);
    else this.breakAt(start, end, 'other');
  }

  private comment({ startOffset: start, endOffset: end }: Token.Location): void {
    if (this.closed !== undefined) return;
    this.directives.push(...readDirective(this.source, start, end));
    this.text(start);
    this.mark(start, end, undefined);
  }

  private mark(start: number, end: number, text: string | undefined): void {
    this.marks.push({ start, end, shown: text === undefined ? 'hidden' : { text } });
    this.at = end;
  }

  /** Reads what stands between the last tag and `end`. */
  private text(end: number): void {
    const from = this.at;
    if (end <= from) return;
    this.at = end;
    const marks: Mark[] = [];
    if (this.codeDepth > 0) marks.push({ start: from, end, shown: 'protected' });
    else
      for (const match of this.source.slice(from, end).matchAll(reference)) {
        const start = from + match.index;
        marks.push({ start, end: start + match[0].length, shown: { text: decoded(match) } });
      }
    for (; this.nextOpaque < this.opaque.length; this.nextOpaque += 1) {
      const [start, close] = this.opaque[this.nextOpaque]!;
      if (start >= end) break;
      if (start >= from) marks.push({ start, end: close, shown: templateShown(this.source.slice(start, close)) });
    }
    marks.sort((left, right) => left.start - right.start);
    for (const mark of marks) this.marks.push(mark);
  }

  /** Ends the text at `end`; the next one starts at `next`. */
  private breakAt(end: number, next: number, kind: BlockKind): void {
    if (this.closed !== undefined) return;
    this.text(end);
    const lines = linesOf(this.source.slice(this.start, end)).flatMap((line): Range[] => {
      const start = this.start + line.content;
      const close = trimmedEnd(this.source, start, this.start + line.end);
      return close > start ? [[start, close]] : [];
    });
    const block = lines.length === 0 ? undefined : markedBlock(this.source, lines, this.marks, this.kind);
    if (block !== undefined) this.blocks.push(block);
    this.marks = [];
    this.start = this.at = next;
    this.kind = kind;
    this.codeDepth = 0;
  }
}

/** Where front matter that nobody has closed yet ends: at the first tag, and at the end of the page without one. */
function openFrontMatter(source: string): number {
  if (!/^\ufeff?---[ \t]*\r?\n\s*[\w.$-]+\s*:/.test(source.slice(0, 500))) return 0;
  const tag = /^[ \t]*<[A-Za-z!]/m.exec(source);
  return tag === null ? source.length : tag.index;
}

/** What a template puts in is a word; its conditions and loops are nothing. */
function templateShown(tag: string): Mark['shown'] {
  if (!/^(?:\{\{|<%=|<\?=)/.test(tag)) return 'hidden';
  return tag.length <= 60 && !/[\r\n]/.test(tag) ? 'protected' : { text: '`code`' };
}

/** Whether its text is in another language, not to be changed by translators, or code. */
function isForeign({ attrs }: Token.TagToken): boolean {
  return attrs.some(
    ({ name, value }) =>
      (/^(?:xml:)?lang$/.test(name) && value !== '' && !/^en(?:[-_]|$)/i.test(value.trim())) ||
      (name === 'translate' && value.toLowerCase() === 'no') ||
      (name === 'class' && /\bnotranslate\b/.test(value)) ||
      // Listings that a tool has coloured word by word, with numbers of lines beside them.
      (name === 'class' && /(?:^|\s)(?:highlight|codehilite|hljs|syntaxhighlighter|CodeMirror)(?:\s|$)/.test(value)) ||
      (name === 'id' && value === 'source'),
  );
}

/** The character of a reference; the reference itself where it has none. */
function decoded([whole, hexadecimal, decimal, name]: RegExpMatchArray): string {
  if (hexadecimal !== undefined) return decodeNumericCharacterReference(hexadecimal, 16);
  if (decimal !== undefined) return decodeNumericCharacterReference(decimal, 10);
  if (name === 'nbsp') return ' ';
  const character = decodeNamedCharacterReference(name!);
  return character === false ? whole! : character;
}
