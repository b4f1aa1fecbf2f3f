/** A grammar's tree of a source text, in a time that follows its length. */
import type { Parser, Tree } from '@vscode/tree-sitter-wasm';

/** Asking for the processor's time costs more than what is parsed between two calls. */
const callsBetweenLooks = 512;
/** Processor time in milliseconds: for any document, and for each unit of a long one. Ordinary code takes a tenth. */
const most = { document: 1200, unit: 0.0012 };

/**
 * undefined for a text that takes too long, one error after the other.
 * @param before the tree of an earlier text, told of the change to this one
 */
export function parseSource(parser: Parser, source: string, before: Tree | null = null): Tree | undefined {
  const limit = Math.max(most.document, most.unit * source.length) * 1000;
  const begun = process.cpuUsage().user;
  let calls = 0;
  const progressCallback = (): boolean => ++calls % callsBetweenLooks === 0 && process.cpuUsage().user - begun > limit;
  const tree = parser.parse(source, before, { progressCallback });
  if (tree === null) parser.reset(); // else it would go on with this text when the next one comes
  return tree ?? undefined;
}

/**
 * A comment that is never closed: the parser looks for its end up to the end of the text, finds none, and does so again
 * at the next mark. Behind the last end no mark opens a comment, whatever else it is, so the parser does not see them.
 */
export function withoutOpenComments(source: string): string {
  const from = source.lastIndexOf('*/') + 1;
  if (source.indexOf('/*', from) < 0) return source;
  return source.slice(0, from) + source.slice(from).replaceAll('/*', '  ');
}

/** A document below this length is parsed at once (UTF-16 units). */
const longSource = 200_000;
/** Marks in strings are none, and some comments hold no prose. */
const shareOfMarks = 1.1;
const commentMark = /\/[/*]|#|--/;

/**
 * Where a long text has had so many comments that no more of them are read: parsing the rest would be in vain. The
 * length of the text where there are fewer. Comments are counted by their marks, those of one line below each other
 * once.
 */
export function endOfEnough(source: string, most: number): number {
  if (source.length < longSource) return source.length;
  let left = most * shareOfMarks;
  let isInComment = false;
  for (let start = 0; start < source.length; ) {
    const next = source.indexOf('\n', start) + 1 || source.length;
    const line = source.slice(start, next);
    const at = line.search(commentMark);
    if (at >= 0 && (!isInComment || line.slice(0, at).trim() !== '')) left -= 1;
    if (left < 0) return next;
    isInComment = at >= 0;
    start = next;
  }
  return source.length;
}
