/**
 * The comments of a source text, found by its grammar. The tree of the long text that was read last is kept: where the
 * next one differs from it in one place, as after a keystroke, only that place is parsed and asked for comments again.
 */
import type { Node, Point, Tree } from '@vscode/tree-sitter-wasm';
import type { CodeFormat } from '../../protocol/formats';
import { trimmedEnd } from '../lines';
import { type Grammar, grammarOf } from './grammars';
import { parseSource, withoutOpenComments } from './parse-source';

export interface Found {
  kind: string;
  start: number;
  end: number;
  row: number;
  column: number;
}

interface Kept {
  /** As the parser saw it. */
  text: string;
  tree: Tree;
  /** Sorted. */
  found: Found[];
}

/** A shorter text is parsed as a whole at every keystroke (UTF-16 units). */
const leastKept = 30_000;
/** A change that is longer is no keystroke. */
const mostChanged = 10_000;
let kept: { grammar: Grammar; of: Kept } | undefined;

/**
 * undefined for a text that takes too long.
 * @throws Error before `grammarReady(format)` has resolved
 */
export function foundByGrammar(
  source: string,
  format: CodeFormat,
  hasBlockComments: boolean,
  least = leastKept,
): Found[] | undefined {
  const grammar = grammarOf(format);
  if (grammar === undefined) throw new Error(`The grammar of ${format} is not loaded yet`);
  const text = hasBlockComments ? withoutOpenComments(source) : source;
  const before = kept?.grammar === grammar ? kept.of : undefined;
  const read = (before && foundAgain(source, text, grammar, before)) ?? foundAnew(source, text, grammar);
  if (read === undefined) return undefined;
  if (kept !== undefined && kept.of.tree !== read.tree) {
    kept.of.tree.delete();
    kept = undefined;
  }
  if (text.length >= least) kept = { grammar, of: read };
  else read.tree.delete();
  return format === 'css' ? read.found.filter(({ start }) => !isInAddress(source, start)) : read.found;
}

function foundAnew(source: string, text: string, grammar: Grammar): Kept | undefined {
  const tree = parseSource(grammar.parser, text);
  return tree && { text, tree, found: captured(source, grammar, tree) };
}

/**
 * The same as `foundAnew`. A tree with errors is made anew: how a parser goes on behind an error depends on what it has
 * read before.
 */
function foundAgain(source: string, text: string, grammar: Grammar, before: Kept): Kept | undefined {
  if (before.text === text) return before;
  const change = changeOf(before.text, text);
  const { start, end, oldEnd } = change;
  if (before.tree.rootNode.hasError || Math.max(end, oldEnd) - start > mostChanged) return undefined;
  const rowOfChange = rowsIn(text, 0, start);
  const edit = {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: end,
    startPosition: { row: rowOfChange, column: start - lineStart(text, start) },
    oldEndPosition: {
      row: rowOfChange + rowsIn(before.text, start, oldEnd),
      column: oldEnd - lineStart(before.text, oldEnd),
    },
    newEndPosition: { row: rowOfChange + rowsIn(text, start, end), column: end - lineStart(text, end) },
  };
  const by = text.length - before.text.length;
  const inside = changedInside(before, text, change);
  if (inside !== undefined) {
    // The tree is told, and parsed again with the next change that may alter it.
    before.tree.edit(edit);
    const found = before.found.map((each, index) => {
      if (index <= inside.index) return index < inside.index ? each : { ...each, end: inside.end };
      const column = each.row === rowOfChange ? each.column + by : each.column;
      return { ...each, column, start: each.start + by, end: each.end + by };
    });
    return { text, tree: before.tree, found };
  }
  const old = before.tree.copy();
  old.edit(edit);
  const tree = parseSource(grammar.parser, text, old);
  const ranges = tree?.rootNode.hasError === false ? old.getChangedRanges(tree) : undefined;
  old.delete();
  if (tree === undefined || ranges === undefined) {
    tree?.delete();
    return undefined;
  }
  if (!grammar.isOfLeaves) return { text, tree, found: captured(source, grammar, tree) };
  // Whole lines, so that columns behind them stay what they are.
  const from = lineStart(text, Math.min(start, ...ranges.map(({ startIndex }) => startIndex)));
  const last = text.indexOf('\n', Math.max(end, ...ranges.map(({ endIndex }) => endIndex)));
  const to = last < 0 ? text.length : last;
  const first = rowOfChange - rowsIn(text, from, start);
  const lines = [first, first + rowsIn(text, from, to) + 1] as const;
  const rows = rowsIn(text, start, end) - rowsIn(before.text, start, oldEnd);
  return {
    text,
    tree,
    found: [
      ...before.found.filter((each) => each.end < from),
      ...captured(source, grammar, tree, lines).filter((each) => each.start <= to && each.end >= from),
      ...before.found
        .filter((each) => each.start > to - by)
        .map((each) => ({ ...each, start: each.start + by, end: each.end + by, row: each.row + rows })),
    ],
  };
}

/** Letters, digits and what stands between words: nothing that begins, ends or parts a comment or a string. */
const plainWords = /^[\p{L}\p{N} ,.]*$/u;
/** Comments up to the end of their line. */
const lineComment = /^(?:\/\/|#|--(?!\[))/;
/** Comments and strings that go on up to a mark, whatever words stand in them. */
const blockComment = /^(?:\/\*|[rRuU]{0,1}(?:"""|'''))/;

/**
 * The comment in which words are written where words stand on both sides, so that all the others, and its own
 * beginning, are what they were, and where it ends now; undefined for any other change.
 */
function changedInside(before: Kept, text: string, change: Change): { index: number; end: number } | undefined {
  const { start, end, oldEnd } = change;
  if (!plainWords.test(text.slice(start, end)) || !plainWords.test(before.text.slice(start, oldEnd))) return undefined;
  const [left, right] = [text.slice(start - 1, start), text.slice(end, end + 1)];
  if (left === '' || !plainWords.test(left) || !(plainWords.test(right) || /[\r\n]/.test(right))) return undefined;
  let [low, high] = [0, before.found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before.found[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  const index = low - 1;
  const comment = before.found[index];
  if (comment === undefined || comment.kind === 'text') return undefined;
  const opening = text.slice(comment.start, comment.start + 5);
  const by = end - oldEnd;
  if (oldEnd < comment.end && (lineComment.test(opening) || blockComment.test(opening)))
    return { index, end: comment.end + by };
  if (!lineComment.test(opening)) return undefined;
  // At the end of its line: blanks there are no part of it.
  const oldLineEnd = lineEnd(before.text, comment.start);
  if (oldEnd > oldLineEnd || before.text.slice(comment.end, oldLineEnd).trim() !== '') return undefined;
  return { index, end: trimmedEnd(text, comment.start, lineEnd(text, comment.start)) };
}

function lineEnd(text: string, from: number): number {
  lineBreak.lastIndex = from;
  return lineBreak.exec(text)?.index ?? text.length;
}

const lineBreak = /[\r\n]/g;

/** From `start`, up to `oldEnd` in the one text and `end` in the other. */
export interface Change {
  start: number;
  oldEnd: number;
  end: number;
}

/** Where two texts differ. */
export function changeOf(old: string, text: string): Change {
  const shorter = Math.min(old.length, text.length);
  const start = longestSame(shorter, (from, to) => old.slice(from, to) === text.slice(from, to));
  const same = longestSame(
    shorter - start,
    (from, to) => old.slice(old.length - to, old.length - from) === text.slice(text.length - to, text.length - from),
  );
  return { start, oldEnd: old.length - same, end: text.length - same };
}

/** Strings are compared much faster than their characters one by one (UTF-16 units at a time). */
const compared = 4096;

/** The greatest length up to `most` for which all of it is the same. */
function longestSame(most: number, isSame: (from: number, to: number) => boolean): number {
  let at = 0;
  while (at < most && isSame(at, Math.min(at + compared, most))) at = Math.min(at + compared, most);
  let [low, high] = [at, Math.min(at + compared, most)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isSame(at, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function rowsIn(text: string, start: number, end: number): number {
  let rows = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) rows += 1;
  return rows;
}

function lineStart(text: string, index: number): number {
  return index === 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
}

/** Sorted. @param lines only what touches the lines from the first to the second */
function captured(source: string, { query }: Grammar, tree: Tree, lines?: readonly [number, number]): Found[] {
  // Not by indices: the library takes those of a range for bytes.
  const [startPosition, endPosition] = (lines ?? []).map((row): Point => ({ row, column: 0 }));
  return query
    .captures(tree.rootNode, startPosition && endPosition ? { startPosition, endPosition } : {})
    .map(({ name, node }) => foundOf(source, name, node))
    .sort((left, right) => left.start - right.start);
}

function foundOf(source: string, kind: string, node: Node): Found {
  return {
    kind,
    start: node.startIndex,
    // Rust's documentation comments hold their line end.
    end: kind === 'text' ? node.endIndex : trimmedEnd(source, node.startIndex, node.endIndex),
    row: node.startPosition.row,
    column: node.startPosition.column,
  };
}

/** Slash and star in an address without quotation marks begin no comment, though the grammar says so. */
function isInAddress(source: string, start: number): boolean {
  return /\burl\([^"'()\s]*$/i.test(source.slice(Math.max(0, start - 200), start));
}
