/**
 * Prose of source code: its comments, Python's docstrings, the text between the tags of JSX. A grammar
 * finds them, so that no string and no regular expression is taken for one; names, strings and everything
 * else of the code stay as they are.
 */
import type { CodeFormat } from '../../protocol/formats';
import { type Block, protectSource } from '../block';
import { type FoundBlocks, mostBlocks } from '../block-parts';
import type { Directive } from '../directives';
import { type Line, linesOf, trimmedEnd } from '../lines';
import type { Range } from '../protect';
import { rstBlocks } from '../rst/rst';
import { commentText } from './comment-text';
import { type Found, foundByGrammar } from './found-comments';
import { jsxBlocks } from './jsx-text';
import { codeLanguages } from './languages';
import type { SourceRange } from './lexical-rules';
import { isLicence } from './no-prose';
import { endOfEnough } from './parse-source';

/** Lines of this length are no code that somebody writes. */
const minifiedLine = 5000;
const generated = /@generated|\bDO NOT EDIT\b|[Cc]ode generated (?:by|from)|[Aa]uto-?generated/;

/**
 * @param most so many blocks are read, and one more tells where the rest begins
 * @throws Error before `grammarReady(format)` has resolved
 */
export function codeBlocks(source: string, format: CodeFormat, most = mostBlocks): FoundBlocks {
  const lines = linesOfCode(source);
  if (lines === undefined) return { blocks: [], directives: [] };
  const enough = lines < most ? source.length : endOfEnough(source, most);
  if (enough < source.length) {
    const first = blocksOf(source.slice(0, enough), format, most);
    if (first.unread !== undefined) return { ...first, unread: [[0, source.length]] };
    if (first.blocks.length > most) return first;
  }
  return blocksOf(source, format, most);
}

/** How many lines a source text has; undefined for one that nobody writes by hand. */
export function linesOfCode(source: string): number | undefined {
  if (generated.test(source.slice(0, 1000))) return undefined;
  let lines = 1;
  for (let start = 0; ; lines += 1) {
    const end = source.indexOf('\n', start);
    if ((end < 0 ? source.length : end) - start > minifiedLine) return undefined;
    if (end < 0) return lines;
    start = end + 1;
  }
}

/** Sorted; undefined where it would take too long. */
export function commentsOf(source: string, format: CodeFormat): Found[] | undefined {
  const description = codeLanguages[format];
  return 'grammar' in description
    ? foundByGrammar(source, format, description.hasBlockComments === true)
    : placed(source, description.comments(source));
}

function blocksOf(source: string, format: CodeFormat, most: number): FoundBlocks {
  const all = commentsOf(source, format);
  return all === undefined
    ? { blocks: [], directives: [], unread: [[0, source.length]] }
    : readComments(source, all, most);
}

/** @param all comments and texts, sorted */
export function readComments(source: string, all: readonly Found[], most = mostBlocks): FoundBlocks {
  const blocks: Block[] = [];
  const directives: Directive[] = [];
  const texts = all.filter(({ kind }) => kind === 'text');
  const found = all.filter(({ kind }) => kind !== 'text');
  for (let at = 0; at < found.length; ) {
    const read = readGroupAt(source, found, at);
    for (const block of read.blocks) blocks.push(block);
    // No more are read, and the first of them tells where.
    if (blocks.length > most) break;
    directives.push(...read.directives);
    at = read.next;
  }
  if (texts.length === 0) return { blocks, directives };
  blocks.push(
    ...jsxBlocks(
      source,
      texts.map(({ start, end }) => [start, end]),
    ),
  );
  return { blocks: blocks.sort((left, right) => left.start - right.start || right.end - left.end), directives };
}

/** The comment that begins with the one at an index: those of one line below each other are one. */
export function readGroupAt(
  source: string,
  found: readonly Found[],
  at: number,
): { blocks: Block[]; directives: Directive[]; next: number } {
  let next = at + 1;
  while (next < found.length && goesOn(source, found[next - 1]!, found[next]!)) next += 1;
  const { blocks, directives } = readGroup(source, found.slice(at, next));
  const [first, ...rest] = blocks;
  const own = first === undefined ? [] : [withoutDeclaredName(source, first, found[next - 1]!.end), ...rest];
  return { blocks: own.map((block) => withoutDoubledNames(source, block)), directives, next };
}

/** So far behind a comment it is looked for what it is about. */
export const reachBehind = 300;

/** Comments with their rows and columns. @param ranges sorted */
function placed(source: string, ranges: readonly SourceRange[]): Found[] {
  let row = 0;
  let lineStart = 0;
  let at = 0;
  return ranges.map(({ start, end }) => {
    for (; at < start; at += 1) {
      if (source[at] !== '\n' && (source[at] !== '\r' || source[at + 1] === '\n')) continue;
      row += 1;
      lineStart = at + 1;
    }
    return { kind: 'comment', start, end: trimmedEnd(source, start, end), row, column: start - lineStart };
  });
}

/** Comments of one line below each other are one comment. */
function goesOn(source: string, before: Found, { kind, start, row, column }: Found): boolean {
  if (kind !== 'comment' || before.kind !== 'comment') return false;
  if (row !== before.row + 1 || column !== before.column) return false;
  const mark = lineMark(source, start);
  return mark !== '' && mark === lineMark(source, before.start) && source.slice(before.end, start).trim() === '';
}

/** "//", "///", "#"; empty for a comment that has an end of its own. */
function lineMark(source: string, start: number): string {
  return /^(?:\/{2,}[!<]?|#+(?!>)[!:']?|;+|--+(?!\[=*\[)|%+)/.exec(source.slice(start, start + 12))?.[0] ?? '';
}

function readGroup(source: string, group: readonly Found[]): { blocks: Block[]; directives: Directive[] } {
  const { kind, start, end, row } = group[0]!;
  if (kind === 'docstring') return docstring(source, start, end);
  if (row === 0 && source.startsWith('#!', start)) return readGroup0(source, group.slice(1));
  // What MySQL runs and others do not.
  if (/^\/\*!\d{5}/.test(source.slice(start, start + 8))) return { blocks: [], directives: [] };
  const mark = lineMark(source, start);
  if (mark !== '')
    return commentText(
      source,
      group.map((each) => lineFrom(source, each.start + lineMark(source, each.start).length, each.end)),
    );
  const open = /^(?:\/\*+[!<]?|<#+|=begin|<!--|--\[=*\[)/.exec(source.slice(start, start + 20))?.[0].length ?? 0;
  const close =
    /(?:\*{1,9}\/|#>|=end|-->|(?:--)?\]=*\])$/.exec(source.slice(Math.max(start + open, end - 10), end))?.[0].length ??
    0;
  const lines = linesIn(source, start + open, Math.max(start + open, end - close));
  // The asterisks down the left side.
  const isStarred = lines.slice(1).every((line) => line.blank || source[line.content] === '*');
  return commentText(
    source,
    lines.map((line, index) =>
      index > 0 && isStarred && !line.blank ? lineFrom(source, line.content + 1, line.end) : line,
    ),
  );
}

function readGroup0(source: string, group: readonly Found[]): { blocks: Block[]; directives: Directive[] } {
  return group.length === 0 ? { blocks: [], directives: [] } : readGroup(source, group);
}

/** What stands in [start, end) as a line; its indentation counts from `start`. */
function lineFrom(source: string, start: number, end: number): Line {
  const line = linesIn(source, start, end)[0];
  return line ?? { start, end, content: end, indent: 0, blank: true };
}

function linesIn(source: string, start: number, end: number): Line[] {
  return linesOf(source.slice(start, end)).map((line) => ({
    ...line,
    start: line.start + start,
    end: line.end + start,
    content: line.content + start,
  }));
}

/** Up to the name that a declaration is about, with the receiver of a method of Go. */
const declaration =
  /^\s*(?:[\w@#()[\]{}<>*&:.,!' -]{0,120}?\W)?(?:func|fn|function|def|class|type|struct|enum|trait|interface|const|static|let|var|mod|module|package|macro_rules!)\s+(?:\([^()\n]{0,80}\)\s*)?([A-Za-z_]\w*)/;

/**
 * "Queries registers a route" above `func (r *Router) Queries(…)`, "Package mux has" above `package mux`: the comment
 * begins with the name of what stands below it, and that is no word.
 */
function withoutDeclaredName(source: string, block: Block, end: number): Block {
  const name = declaration.exec(source.slice(end, end + reachBehind))?.[1];
  if (name === undefined) return block;
  const start = block.start + (source.startsWith('Package ', block.start) ? 8 : 0);
  if (!source.startsWith(name, start) || /\w/.test(source[start + name.length] ?? ' ')) return block;
  return protectSource(block, [[start, start + name.length]]);
}

/** "from from to to" where the code has an object with `from` and `to`: one of each is a word, the other one a name. */
function withoutDoubledNames(source: string, block: Block): Block {
  const text = source.slice(block.start, block.end);
  const names = Array.from(text.matchAll(/\b([A-Za-z_]\w{0,40})[ \t]+\1\b/g))
    .filter(({ 1: name }) => new RegExp(`[.({,[][ \\t]*${name}[ \\t]*[,)}\\]:=.]`).test(source))
    .map(({ index, 0: found }): Range => [block.start + index, block.start + index + found.length]);
  return names.length === 0 ? block : protectSource(block, names);
}

/** Python's documentation is reStructuredText, or near enough to it. */
function docstring(source: string, start: number, end: number): { blocks: Block[]; directives: Directive[] } {
  const open = /^[A-Za-z]{0,2}(?:"""|'''|"|')/.exec(source.slice(start, start + 5))?.[0] ?? '';
  const quote = open.replace(/^[A-Za-z]+/, '');
  if (open === '' || /[bBfF]/.test(open.slice(0, -quote.length))) return { blocks: [], directives: [] };
  const from = start + open.length;
  const to = source.endsWith(quote, end) && end - quote.length >= from ? end - quote.length : end;
  const lines = linesIn(source, from, to);
  if (isLicence(source.slice(from, to))) return { blocks: [], directives: [] };
  // The first line stands behind the quotes, the rest as far right as the code.
  const rest = lines.slice(1).reduce((least, { blank, indent }) => (blank ? least : Math.min(least, indent)), Infinity);
  for (const [index, line] of lines.entries())
    line.indent = index === 0 ? 0 : Math.max(0, line.indent - (rest === Infinity ? 0 : rest));
  const { blocks, directives } = rstBlocks(source, lines);
  return {
    directives,
    blocks: blocks.map((block) =>
      protectSource({ ...block, kind: block.kind === 'heading' ? 'heading' : 'other' }, argumentName(source, block)),
    ),
  };
}

/** "name (type): text" of Google's style. */
function argumentName(source: string, { start, end }: Block): [number, number][] {
  const match = /^\*{0,2}[\w.]{1,60}(?: ?\([^()\n]{1,120}\))?:(?=\s|$)/.exec(
    source.slice(start, Math.min(end, start + 200)),
  );
  return match === null ? [] : [[start, start + match[0].length]];
}
