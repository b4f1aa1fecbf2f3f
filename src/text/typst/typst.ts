/**
 * Prose of Typst: paragraphs, headings, items, and content in brackets, also that which code holds. Code, strings, raw
 * text, formulas, labels, references and comments stay as they are.
 */
import type { Block } from '../block';
import { type Directive, lineDirective } from '../directives';
import { type Mark, markedBlock } from '../inline-marks';
import { linesOf, trimmedEnd } from '../lines';
import type { Range } from '../protect';
import type { BlockKind } from '../types';
import { commentEnd, inlineFunctions, lineEnd, mathEnd, rawEnd, silentFunctions, stringEnd } from './structure';

const longestShown = 100;
const deepest = 40;
const special = /[\\`$#@<*_~[\]/-]|(?:\r\n|\n|\r(?!\n))[ \t]*(?:(?=[\r\n])|(?=[=+\-/\d]))/g;
const lineStart = /(?:(={1,6})[ \t]+|([-+]|\d{1,4}\.)[ \t]+|\/[ \t]+([^:\r\n]{1,100}):[ \t]*)/y;
const address = /(?:https?|ftp|mailto):\S*$/;

/** One text that is read from left to right. */
interface Text {
  start: number;
  kind: BlockKind;
  marks: Mark[];
}

export function typstBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  const reader = new TypstReader(source);
  reader.markup(0, 'paragraph', 0);
  return {
    blocks: reader.blocks.sort((left, right) => left.start - right.start || right.end - left.end),
    directives: reader.directives,
  };
}

class TypstReader {
  readonly blocks: Block[] = [];
  readonly directives: Directive[] = [];

  constructor(private readonly source: string) {}

  /** Reads markup from `from`; inside of content (`depth` over 0) to behind the bracket that ends it. */
  markup(from: number, kind: BlockKind, depth: number): number {
    const { source } = this;
    const text: Text = { start: from, kind, marks: [] };
    /** Brackets that are open: of the text itself, or of a call whose content goes on with it. */
    const open: ('text' | 'call')[] = [];
    let at = this.beginLine(text, from);
    while (at < source.length) {
      special.lastIndex = at;
      const match = special.exec(source);
      if (match === null) break;
      const { index, 0: token } = match;
      if (token === '[') open.push('text');
      if (token === ']' && open.length === 0 && depth > 0) {
        this.close(text, index, index, kind);
        return index + 1;
      }
      if (token === ']' && open.pop() === 'call') text.marks.push({ start: index, end: index + 1, shown: 'hidden' });
      at = Math.max(index + 1, this.token(text, index, token, depth, open));
    }
    this.close(text, source.length, source.length, kind);
    return source.length;
  }

  /** Reads what stands at `at`; where to go on. */
  private token(text: Text, at: number, token: string, depth: number, open: ('text' | 'call')[]): number {
    const { source } = this;
    const mark = (end: number, shown: Mark['shown']): number => {
      text.marks.push({ start: at, end, shown });
      return end;
    };
    switch (token[0]) {
      case '\\': {
        const code = /^\\u\{[0-9a-fA-F]{1,6}\}/.exec(source.slice(at, at + 12))?.[0].length;
        if (code !== undefined) return mark(at + code, 'protected');
        const character = source[at + 1] ?? '';
        return /\s|^$/.test(character) ? mark(at + 1, { text: ' ' }) : mark(at + 2, { text: character });
      }
      case '`':
        return this.keep(text, at, rawEnd(source, at));
      case '$': {
        const end = mathEnd(source, at);
        return end === undefined ? at + 1 : this.keep(text, at, end, /^\$\s/.test(source.slice(at, at + 2)));
      }
      case '#':
        return this.embedded(text, at, depth, open);
      case '@': {
        const name = /^@[\p{L}\d_](?:[\p{L}\d_:.-]{0,80}[\p{L}\d_])?/u.exec(source.slice(at, at + 100))?.[0].length;
        return name === undefined ? at + 1 : mark(at + name, 'protected');
      }
      case '<': {
        const label = /^<[\p{L}\d_:.-]{1,80}>/u.exec(source.slice(at, at + 100))?.[0].length;
        return label === undefined ? at + 1 : mark(at + label, 'hidden');
      }
      case '*':
      case '_':
        return isLetter(source[at - 1]) && isLetter(source[at + 1]) ? at + 1 : mark(at + 1, 'hidden');
      case '~':
        return mark(at + 1, { text: ' ' });
      case '-':
        if (source.startsWith('---', at)) return mark(at + 3, { text: '—' });
        if (source.startsWith('--', at)) return mark(at + 2, { text: '–' });
        return source[at + 1] === '?' ? mark(at + 2, 'hidden') : at + 1;
      case '/': {
        const end = commentEnd(source, at);
        if (end === at || address.test(source.slice(Math.max(0, at - 200), at))) return at + 1;
        const name = lineDirective(source.slice(at, end).replace(/^\/[/*]|\*\/$/g, ''));
        if (name !== undefined) this.directives.push({ name, start: at, end });
        return mark(end, 'hidden');
      }
      case '[':
      case ']':
        return at + 1;
      default:
        return this.newLine(text, at, at + token.length);
    }
  }

  /** A line end before a blank line, or before a mark that may begin a block. */
  private newLine(text: Text, at: number, next: number): number {
    if (/[\r\n]/.test(this.source[next] ?? '')) {
      this.close(text, at, next, 'paragraph');
      let end = next;
      while (/[\s]/.test(this.source[end] ?? '')) end += 1;
      return this.beginLine(text, end);
    }
    lineStart.lastIndex = next;
    if (!lineStart.test(this.source)) return next;
    this.close(text, at, next, 'paragraph');
    return this.beginLine(text, next);
  }

  /** Marks of a heading or an item, with which the text at `at` may begin. */
  private beginLine(text: Text, from: number): number {
    const at = from + /^\s*/.exec(this.source.slice(from, from + 2000))![0].length;
    lineStart.lastIndex = at;
    const match = lineStart.exec(this.source);
    if (match === null) return at;
    const end = at + match[0].length;
    if (match[1] !== undefined) {
      // A heading ends with its line.
      const heading: Text = { start: end, kind: 'heading', marks: [] };
      const close = this.headingText(heading, end);
      this.close(heading, close, close, 'paragraph');
      text.start = close;
      text.kind = 'paragraph';
      return close;
    }
    if (match[3] !== undefined && /\s/.test(match[3])) {
      const start = at + match[0].indexOf(match[3]);
      const block = markedBlock(this.source, [[start, start + match[3].length]], [], 'other');
      if (block !== undefined) this.blocks.push(block);
    }
    text.start = end;
    text.kind = 'list-item';
    return end;
  }

  private headingText(heading: Text, from: number): number {
    const open: ('text' | 'call')[] = [];
    for (let at = from; ; ) {
      const close = lineEnd(this.source, at);
      special.lastIndex = at;
      const match = special.exec(this.source);
      if (match === null || match.index >= close) return close;
      if (match[0] === ']' && open.length === 0) return match.index;
      if (match[0] === '[') open.push('text');
      else if (match[0] === ']' && open.pop() === 'call')
        heading.marks.push({ start: match.index, end: match.index + 1, shown: 'hidden' });
      at = Math.max(match.index + 1, this.token(heading, match.index, match[0], 1, open));
    }
  }

  /** Shown and never edited, or what stands between two paragraphs. */
  private keep(text: Text, start: number, end: number, isBlock = false): number {
    const written = this.source.slice(start, end);
    const isLong = end - start > longestShown || /[\r\n]/.test(written);
    if (isBlock || (isLong && written.startsWith('```'))) this.close(text, start, end, text.kind);
    else text.marks.push({ start, end, shown: isLong ? { text: '`code`' } : 'protected' });
    return end;
  }

  /** Code behind "#" in a text. */
  private embedded(text: Text, at: number, depth: number, open: ('text' | 'call')[]): number {
    const { source } = this;
    const name = /^#([A-Za-z_][\w-]*)(?:\.[A-Za-z_][\w-]*)*/.exec(source.slice(at, at + 200));
    const first = name?.[1] ?? '';
    let end: number;
    if (/^(?:let|set|show|import|include|return|context)$/.test(first)) {
      end = this.code(at + 1, 'line', depth + 1);
      this.close(text, at, end, text.kind);
      return end;
    }
    if (/^(?:if|for|while)$/.test(first)) end = this.control(at + 1 + first.length, depth + 1);
    else if (name !== null) {
      end = at + name[0].length;
      for (;;) {
        if (source[end] === '(') end = this.code(end + 1, ')', depth + 1);
        else if (source[end] === '[' && inlineFunctions.has(name[0].slice(1))) {
          text.marks.push({ start: at, end: end + 1, shown: 'hidden' });
          open.push('call');
          return end + 1;
        } else if (source[end] === '[') end = this.content(end, depth);
        else if (/^\.[A-Za-z_]/.test(source.slice(end, end + 2)))
          end += /^\.[\w-]+/.exec(source.slice(end, end + 100))![0].length;
        else break;
      }
    } else if (source[at + 1] === '{') end = this.code(at + 2, '}', depth + 1);
    else if (source[at + 1] === '(') end = this.code(at + 2, ')', depth + 1);
    else if (source[at + 1] === '[') {
      text.marks.push({ start: at, end: at + 2, shown: 'hidden' });
      open.push('call');
      return at + 2;
    } else if (source[at + 1] === '"') end = stringEnd(source, at + 1);
    else return at + 1;
    if (silentFunctions.has(first)) text.marks.push({ start: at, end, shown: 'hidden' });
    else if (/(?:^|[\r\n])[ \t]*$/.test(source.slice(Math.max(0, at - 100), at)) && end > at + first.length + 1)
      this.close(text, at, end, text.kind);
    else this.keep(text, at, end);
    return end;
  }

  /** Content in brackets that stands in code is a text of its own. */
  private content(at: number, depth: number): number {
    return depth >= deepest ? this.source.length : this.markup(at + 1, 'other', depth + 1);
  }

  /** "if a [b] else [c]", "for x in y { … }". */
  private control(from: number, depth: number): number {
    const { source } = this;
    let at = from;
    for (;;) {
      at = this.code(at, 'block', depth);
      if (source[at] === '[') at = this.content(at, depth);
      else if (source[at] === '{') at = this.code(at + 1, '}', depth);
      else return at;
      const more = /^\s{0,20}else\b(?:\s{1,20}if\b)?/.exec(source.slice(at, at + 60));
      if (more === null) return at;
      at += more[0].length;
    }
  }

  /** Reads code up to behind `until`; for "line" and "block" to before the line end or the block that ends it. */
  private code(from: number, until: ')' | '}' | 'line' | 'block', depth: number): number {
    const { source } = this;
    if (depth > deepest) return source.length;
    for (let at = from; at < source.length; ) {
      const character = source[at]!;
      if (character === until) return at + 1;
      if (until === 'block' && /[[{\r\n]/.test(character)) return at;
      if (until === 'line' && /[\r\n\]]/.test(character)) return at;
      if (until === 'line' && character === ';') return at + 1;
      if (character === '"') at = stringEnd(source, at);
      else if (character === '`') at = rawEnd(source, at);
      else if (character === '$') at = mathEnd(source, at) ?? at + 1;
      else if (character === '[') at = this.content(at, depth);
      else if (character === '(') at = this.code(at + 1, ')', depth + 1);
      else if (character === '{') at = this.code(at + 1, '}', depth + 1);
      else if (character === '/') at = Math.max(at + 1, commentEnd(source, at));
      else at += 1;
    }
    return source.length;
  }

  /** Ends the paragraph at `end`; the next one starts at `next`. */
  private close(text: Text, end: number, next: number, kind: BlockKind): void {
    const lines = linesOf(this.source.slice(text.start, end)).flatMap((line): Range[] => {
      const start = text.start + line.content;
      const close = trimmedEnd(this.source, start, text.start + line.end);
      return close > start ? [[start, close]] : [];
    });
    const block = lines.length === 0 ? undefined : markedBlock(this.source, lines, text.marks, text.kind);
    if (block !== undefined) this.blocks.push(block);
    text.start = next;
    text.kind = kind;
    text.marks = [];
  }
}

function isLetter(character: string | undefined): boolean {
  return /[\p{L}\p{N}]/u.test(character ?? '');
}
