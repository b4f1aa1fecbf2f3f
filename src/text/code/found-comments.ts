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
  const { start, end, oldEnd } = changeOf(before.text, text);
  if (before.tree.rootNode.hasError || Math.max(end, oldEnd) - start > mostChanged) return undefined;
  const old = before.tree.copy();
  old.edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: end,
    startPosition: pointAt(text, start),
    oldEndPosition: pointAt(before.text, oldEnd),
    newEndPosition: pointAt(text, end),
  });
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
  const first = rowsIn(text, 0, from);
  const lines = [first, first + rowsIn(text, from, to) + 1] as const;
  const by = text.length - before.text.length;
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

/** Where two texts differ: from `start`, up to `oldEnd` in the one and `end` in the other. */
function changeOf(old: string, text: string): { start: number; oldEnd: number; end: number } {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start += 1;
  let same = 0;
  while (same < shorter - start && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same))
    same += 1;
  return { start, oldEnd: old.length - same, end: text.length - same };
}

function rowsIn(text: string, start: number, end: number): number {
  let rows = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) rows += 1;
  return rows;
}

function pointAt(text: string, index: number): Point {
  return { row: rowsIn(text, 0, index), column: index - lineStart(text, index) };
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
