/**
 * Prose of LaTeX: running text, titles, items, captions, footnotes. Comments, math, labels, citations, verbatim text,
 * tables, drawings, definitions and arguments of commands that are not known stay as they are. A scanner of its own:
 * the parsers that there are take too long for a keystroke, and this one reads what is half-written as well.
 */
import { type Block, protectSource } from '../block';
import { type Directive, lineDirective } from '../directives';
import { type Mark, markedBlock } from '../inline-marks';
import { trimmedEnd } from '../lines';
import type { Range } from '../protect';
import type { BlockKind } from '../types';
import { LatexStructure } from './braces';
import {
  accents,
  closedEnvironments,
  commandUse,
  environmentArguments,
  goesOnBehindLabel,
  inlineVerbatim,
  isSmallCapitals,
  mathWords,
  namedForCode,
  namesKey,
  showsCode,
  symbols,
  typewriterGroup,
  verbatimEnvironments,
} from './commands';

/** Longer formulas and arguments are shown as a short stand-in. */
const [longestShown, standIn] = [100, '`code`'];
const special = /[\\%{}$~`'-]|(?:\r\n|\n|\r(?!\n))[ \t]*(?=[\r\n])/g;

export function latexBlocks(source: string): { blocks: Block[]; directives: Directive[] } {
  const reader = new LatexReader(source);
  const blocks = reader.read().sort((left, right) => left.start - right.start || right.end - left.end);
  return { blocks, directives: reader.directives };
}

/** One text that is read from left to right: the document's own, a title's, a footnote's. */
interface Text {
  /** Where the paragraph that is being read starts. */
  start: number;
  kind: BlockKind;
  marks: Mark[];
  end: number;
}

class LatexReader {
  readonly directives: Directive[] = [];
  private readonly blocks: Block[] = [];
  private readonly structure: LatexStructure;

  constructor(private readonly source: string) {
    this.structure = new LatexStructure(source);
  }

  read(): Block[] {
    const begin = /^[^%\r\n]{0,200}\\begin\s*\{document\}/m.exec(this.source);
    if (begin === null) this.text(0, this.source.length, 'paragraph', 0);
    else {
      this.readTitle(begin.index);
      const start = begin.index + begin[0].length;
      this.text(start, this.structure.environmentEnd('document', start)?.start ?? this.source.length, 'paragraph', 0);
    }
    return this.blocks;
  }

  /** The title of a document stands among what is set up before it. */
  private readTitle(end: number): void {
    for (const match of this.source.slice(0, end).matchAll(/^[^%\r\n\\]{0,200}\\(?:title|subtitle)(?=[[{])/gm)) {
      const open = this.structure.optionEnd(match.index + match[0].length);
      if (this.source[open] === '{') this.text(open + 1, this.structure.groupEnd(open) - 1, 'heading', 1);
    }
  }

  private text(start: number, end: number, kind: BlockKind, depth: number): void {
    if (depth > 20) return;
    const text: Text = { start, kind, marks: [], end };
    for (let at = start; at < end; ) {
      special.lastIndex = at;
      const match = special.exec(this.source);
      if (match === null || match.index >= end) break;
      at = Math.max(match.index + 1, this.token(text, match.index, match[0], depth));
    }
    this.close(text, end, end, kind);
  }

  /** Reads what stands at `at`; where to go on. */
  private token(text: Text, at: number, token: string, depth: number): number {
    const { source, structure } = this;
    const mark = (end: number, shown: Mark['shown']): number => {
      text.marks.push({ start: at, end: Math.min(end, text.end), shown });
      return end;
    };
    switch (token[0]) {
      case '\\':
        return this.command(text, at, depth);
      case '%': {
        const end = structure.lineEnd(at);
        const name = lineDirective(source.slice(at + 1, end));
        if (name !== undefined) this.directives.push({ name, start: at, end });
        return mark(end, 'hidden');
      }
      case '{':
        if (typewriterGroup.test(source.slice(at, at + 60))) return this.keep(text, at, structure.groupEnd(at));
        return mark(at + 1, 'hidden');
      case '}':
        return mark(at + 1, 'hidden');
      case '~':
        return mark(at + 1, { text: ' ' });
      case '$': {
        const isDisplay = source.startsWith('$$', at);
        const end = this.structure.mathEnd(at, isDisplay ? '$$' : '$');
        if (end === undefined) return at + 1;
        if (!isDisplay) return this.keep(text, at, end);
        this.close(text, at, end, text.kind);
        return end;
      }
      case '`':
      case "'":
        if (source[at + 1] === token) return mark(at + 2, { text: token === '`' ? '“' : '”' });
        return token === '`' ? mark(at + 1, { text: '‘' }) : at + 1;
      case '-':
        if (source.startsWith('---', at)) return mark(at + 3, { text: '—' });
        return source[at + 1] === '-' ? mark(at + 2, { text: '–' }) : at + 1;
      default:
        this.close(text, at, at + token.length, text.kind);
        return at + token.length;
    }
  }

  /** Shown and never edited. */
  private keep(text: Text, start: number, end: number): number {
    const long = end - start > longestShown || /[\r\n]/.test(this.source.slice(start, end));
    text.marks.push({ start, end: Math.min(end, text.end), shown: long ? { text: standIn } : 'protected' });
    return end;
  }

  private command(text: Text, at: number, depth: number): number {
    const { source, structure } = this;
    const mark = (end: number, shown: Mark['shown']): number => {
      text.marks.push({ start: at, end: Math.min(end, text.end), shown });
      return end;
    };
    const name = /^[A-Za-z@]+/.exec(source.slice(at + 1, at + 60))?.[0];
    if (name === undefined) {
      const character = source[at + 1] ?? '';
      if (character === '\\') {
        const star = source[at + 2] === '*' ? at + 3 : at + 2;
        return mark(structure.optionEnd(star), { text: ' ' });
      }
      if (character === '(' || character === '[') {
        const length = source.slice(at, at + 5000).indexOf(character === '(' ? '\\)' : '\\]') + 2;
        if (length < 2) return at + 2;
        if (character === '(') return this.keep(text, at, at + length);
        this.close(text, at, at + length, text.kind);
        return at + length;
      }
      if (accents.has(character)) return this.accent(text, at, at + 2, character);
      if (/[-/@!]/.test(character)) return mark(at + 2, 'hidden');
      return mark(at + 2, { text: /[,;:>\s]/.test(character) ? ' ' : character });
    }
    let end = at + 1 + name.length;
    if (inlineVerbatim.has(name)) return this.keep(text, at, structure.verbEnd(end));
    if (name === 'iffalse') return mark(structure.switchedOffEnd(end), 'hidden');
    if (name === 'begin' || name === 'end') return this.environment(text, at, name, end, depth);
    if (accents.has(name) && /^\s?[{A-Za-z]/.test(source.slice(end, end + 2))) return this.accent(text, at, end, name);
    const symbol = symbols.get(name);
    // A command takes the blank behind it.
    if (symbol !== undefined)
      return mark(source.startsWith('{}', end) ? end + 2 : this.structure.afterBlanks(end), { text: symbol });
    if (source[end] === '*') end += 1;
    // On which slides: "\item<2->".
    end += /^<[^<>\s]{1,20}>/.exec(source.slice(end, end + 24))?.[0].length ?? 0;
    const use = commandUse(name);
    switch (use) {
      case 'text':
        if (isSmallCapitals(name, source.slice(end, end + 32))) return this.keep(text, at, structure.argumentsEnd(end));
        return mark(structure.optionEnd(end), 'hidden');
      case 'second':
      case 'third': {
        let open = structure.optionEnd(end);
        for (let count = use === 'second' ? 1 : 2; count > 0 && source[open] === '{'; count -= 1)
          open = structure.groupEnd(open);
        return mark(open, 'hidden');
      }
      case 'hidden':
        return mark(this.structure.argumentsEnd(end), 'hidden');
      case 'break': {
        this.close(text, at, end, 'paragraph');
        return end;
      }
      case 'item': {
        const open = structure.afterBlanks(end);
        const option = Math.max(structure.optionEnd(open), end);
        const behind = source[open] === '[' ? goesOnBehindLabel.exec(source.slice(option, option + 120)) : null;
        this.close(text, at, behind === null ? option : open + 1, 'list-item');
        if (behind === null) return option;
        this.keep(text, open + 1, option - 1);
        text.marks.push({ start: option - 1, end: option + behind[1]!.length, shown: { text: ' ' } });
        return option;
      }
      case 'heading':
      case 'block':
      case 'aside': {
        const open = this.structure.afterBlanks(structure.optionEnd(end));
        if (source[open] !== '{') return mark(end, 'hidden');
        const close = structure.groupEnd(open);
        const inner = source[close - 1] === '}' ? close - 1 : close;
        this.text(open + 1, Math.min(inner, text.end), use === 'heading' ? 'heading' : 'other', depth + 1);
        if (use === 'aside') return mark(close, 'hidden');
        this.close(text, at, close, 'paragraph');
        return close;
      }
      case 'citation':
        return mark(this.structure.argumentsEnd(end), { text: '[1]' });
      case 'reference':
        return mark(this.structure.argumentsEnd(end), { text: '1' });
      case 'named':
        return mark(this.structure.argumentsEnd(end), { text: 'Figure 1' });
      case 'definition': {
        const close = this.structure.definitionEnd(end);
        this.close(text, at, close, text.kind);
        return close;
      }
      default:
        return this.keep(text, at, this.structure.argumentsEnd(end));
    }
  }

  private accent(text: Text, at: number, from: number, name: string): number {
    const match = /^\s?(?:\{\\?([A-Za-z])\}|\{\}|\\?([A-Za-z]))/.exec(this.source.slice(from, from + 6));
    const letter = match?.[1] ?? match?.[2] ?? '';
    let end = match === null ? from : from + match[0].length;
    if (match !== null && /^\s?\\/.test(match[0])) end = this.structure.afterBlanks(end);
    // The letters beside it belong to a word that is not all letters of the source: it stays as it is.
    const before = /[\p{L}'’-]{0,40}$/u.exec(this.source.slice(Math.max(text.start, at - 40), at))![0].length;
    const start = Math.max(at - before, text.marks.at(-1)?.end ?? 0);
    const close = end + /^[\p{L}'’-]*/u.exec(this.source.slice(end, end + 40))![0].length;
    text.marks.push(
      { start, end: at, shown: 'protected' },
      { start: at, end, shown: letter === '' ? 'hidden' : { text: (letter + accents.get(name)!).normalize('NFC') } },
      { start: end, end: Math.min(close, text.end), shown: 'protected' },
    );
    return close;
  }

  private environment(text: Text, at: number, command: string, from: number, depth: number): number {
    const { source, structure } = this;
    const environment = structure.environmentAt(from);
    if (environment === undefined) return from;
    const name = environment.name.replace('*', '');
    let { end } = environment;
    const isCode =
      verbatimEnvironments.has(name) ||
      closedEnvironments.has(name) ||
      namedForCode.test(name) ||
      showsCode(source, end);
    if (command === 'begin' && isCode)
      end = structure.environmentEnd(environment.name, end)?.end ?? this.structure.paragraphEnd(end);
    else if (command === 'begin') {
      end = structure.optionEnd(end);
      for (let count = environmentArguments.get(name) ?? 0; count > 0 && source[end] === '{'; count -= 1)
        end = structure.optionEnd(structure.groupEnd(end));
      if (namesKey.test(source.slice(end, end + 200))) end = structure.groupEnd(end);
      if (source[end] === '{' && /^(?:frame|\w*block)$/.test(name)) {
        const close = structure.groupEnd(end);
        this.text(end + 1, close - 1, 'heading', depth + 1);
        end = close;
      }
    }
    this.close(text, at, end, 'paragraph');
    return end;
  }

  /** Ends the paragraph at `end`; the next one starts at `next`. */
  private close(text: Text, end: number, next: number, kind: BlockKind): void {
    const lines: Range[] = [];
    let hidden = 0;
    for (const match of this.source.slice(text.start, end).matchAll(/[^\r\n]+/g)) {
      const start = text.start + match.index + /^\s*/.exec(match[0])![0].length;
      const lineEnd = trimmedEnd(this.source, start, text.start + match.index + match[0].length);
      if (lineEnd <= start) continue;
      // Lines of comments and commands alone are none.
      while (hidden < text.marks.length && text.marks[hidden]!.end <= start) hidden += 1;
      const first = text.marks[hidden];
      if (first?.shown === 'hidden' && first.start <= start && first.end >= lineEnd) continue;
      lines.push([start, lineEnd]);
    }
    const block = markedBlock(this.source, lines, text.marks, text.kind);
    if (block !== undefined) this.blocks.push(protectSource(block, mathWords(this.source, text.start, end)));
    text.start = Math.min(next, text.end);
    text.kind = kind;
    text.marks = [];
  }
}
